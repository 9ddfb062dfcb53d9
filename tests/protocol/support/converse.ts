import { channelDocument } from "#tests/support/scribe.ts";

import type { Example, Line } from "./document.ts";
import { happen } from "./elsewhere.ts";
import { openStage, type Stage } from "./stage.ts";
import { ALICE, NEWS } from "./values.ts";
import { wordsIn } from "./words.ts";

/** Has a conversation of the page over real sockets. Fails where anything is heard otherwise. */
export async function converse({ lines, options }: Example): Promise<void> {
  const stage = await openStage(Number(options["faster"] ?? "1"));
  try {
    // They are there before anything happens.
    for (const who of usualIn(lines)) await stage.talker(who);
    for (const line of lines) await play(stage, line);
  } finally {
    await stage.close();
  }
}

/** Who is in the channel without having said so. */
function usualIn(lines: readonly Line[]): readonly string[] {
  const acts = lines.filter((line) => line.kind === "act");
  const opening = new Set(acts.filter(({ what }) => what === "opens").map(({ who }) => who));
  return [...new Set(acts.map(({ who }) => who))].filter((who) => !opening.has(who));
}

async function play(stage: Stage, line: Line): Promise<void> {
  if (line.kind === "elsewhere") return happen(stage, line.what);
  for (let time = 0; time < line.times; time += 1) await act(stage, line);
}

async function act(stage: Stage, { who, what, rest }: Extract<Line, { kind: "act" }>): Promise<void> {
  if (what === "opens") return stage.opens(who, rest);
  const talker = await stage.talker(who);
  if (what === "stops reading") return talker.socket.pause();
  if (what === "reads again") return talker.socket.resume();
  if (what === "sees") return sees(stage, who, rest);
  if (what === ">") return rest.split("; ").forEach((words) => talker.say(wordsIn(words, stage.values)));
  if (what === "asks") {
    talker.say(wordsIn(rest, stage.values));
    return talker.hears({ word: "step2", address: undefined, holds: [] });
  }

  const [, code, reason] = /^end (\d+)(?: (.+))?$/.exec(rest) ?? [];
  if (code !== undefined) return talker.ends(Number(code), reason);
  if (rest === "nothing") return talker.hearsNothing();
  return rest === "silence" ? hearsSilence(stage, who) : talker.hears(wordsIn(rest, stage.values));
}

async function sees(stage: Stage, who: string, rest: string): Promise<void> {
  const [, root = "", json = "", document = "$channel"] = /^(\S+) (.*?)(?: in (\S+))?$/.exec(rest) ?? [];
  const talker = await stage.talker(who);
  await talker.sees(stage.values.said(document), stage.values.said(root), stage.values.read(json));
}

/** Others come and go meanwhile, and nothing of theirs has been read. */
async function hearsSilence(stage: Stage, who: string): Promise<void> {
  const { socket } = await stage.talker(who);
  const others = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round += 1) await (await stage.wire(ALICE)).attach(channelDocument(NEWS));
  };
  let isRead = false;
  // What was said before must have been looked at.
  await others(2);
  socket.once("pong", () => (isRead = true));
  socket.ping();
  await others(5);
  if (isRead) throw new Error("it is still read");
}

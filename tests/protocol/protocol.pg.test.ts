import { describe, expect, test } from "vitest";

import { SYS } from "#shared/documents/names.ts";
import type { EntryId } from "#shared/ids.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import { kindOf } from "#shared/entries/kinds.ts";

import { testNode } from "#tests/support/scribe.ts";

import { converse } from "./support/converse.ts";
import { blocksIn, examplesIn, textOf } from "./support/document.ts";
import { request } from "./support/http.ts";
import { openStage } from "./support/stage.ts";

/** Everything that docs/PROTOCOL.md shows, against a real server. */
const PAGE = textOf("docs/PROTOCOL.md");
const examples = examplesIn(PAGE).map((example) => [example.name, example] as const);

/** Each has a server and people of its own, and much of it is waiting. */
describe.concurrent("the conversations of docs/PROTOCOL.md go as they are shown", () => {
  test.each(examples)("%s", { timeout: 40_000 }, (_name, example) =>
    example.options["over"] === "http" ? request(example) : converse(example),
  );
});

test("what docs/PROTOCOL.md shows of the entries of members is taken as it is, and nobody else's from them", async () => {
  const stage = await openStage(1);
  const { values } = stage;
  const entries = blocksIn(PAGE, "entries").flatMap(({ text }) => text.split("\n").map(values.read)) as Entry[];
  const home = values.said("$home");
  const desk = values.said("$desk");
  // One appeals against what one was told of.
  const told = entries.filter((entry) => entry.kind === "measure");
  await testNode(stage.database.db).committer.submit({
    kind: "write",
    document: home,
    entries: told.map((entry) => ({ author: SYS, entry: { ...entry, id: values.said("$id") as EntryId } })),
  });
  (await stage.talker("bob")).say({ word: "auth", address: home, holds: [""] });
  (await stage.talker("alice")).say({ word: "auth", address: desk, holds: [""] });
  for (const entry of entries) {
    const kind = kindOf(entry);
    const isOnDesk = !kind.in.includes("channel") && !kind.in.includes("user") && kind.in.includes("desk");
    const talker = await stage.talker(kind.act !== undefined || isOnDesk ? "alice" : "bob");
    const address = kind.in.includes("channel") ? values.said("$channel") : isOnDesk ? desk : home;
    talker.say({ word: "update", address, holds: [{ push: [{ ...entry, id: values.said("$id") }] }] });
    await talker.hears({ word: kind.by === "member" ? "committed" : "refused", address, holds: [] });
  }
  expect(stage.node.failures).toEqual([]);
  await stage.close();
});

import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { SYS } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, EntryId, MemberId } from "#shared/ids.ts";
import { makeAccessToken } from "#server/auth/access-tokens.ts";
import { valueOf } from "#tests/support/api.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import { append, channelDocument, entriesIn } from "#tests/support/scribe.ts";
import { INCARNATION, testSync, type TestSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";

import { endClients, hocuspocusClient, type HocuspocusClient } from "./support/clients.ts";

const BOTS = join(import.meta.dirname, "../../examples/bots");

let database: TestDatabase;
let node: TestSync;
let url: string;
let alice: MemberId;
let bot: MemberId;
let tokens: Readonly<Record<"alice" | "bot", string>>;
let home: CommunityId;
const running: ChildProcess[] = [];

beforeAll(async () => {
  database = await testDatabase();
  node = await testSync(database.db, database.url);
  url = new URL(node.url).origin;
});
afterAll(async () => {
  expect(await findWrongs(database.db)).toEqual([]);
  expect(await findMisprojected(database.db)).toEqual([]);
  await node.close();
  await database.close();
});
beforeEach(async () => {
  [alice, bot] = (await Promise.all(["alice", "bot"].map((name) => person(database.db, name)))) as [MemberId, MemberId];
  home = await community(database.db, { [alice]: "moderator", [bot]: "member" });
  tokens = { alice: await tokenOf(alice), bot: await tokenOf(bot) };
});
afterEach(async () => {
  endClients();
  running.splice(0).forEach((child) => child.kill());
  expect(node.failures).toEqual([]);
});

const tokenOf = async (who: MemberId): Promise<string> =>
  valueOf(await makeAccessToken(database.db, who, INCARNATION, { name: "Bot" })).token;

interface Bot {
  output(): string;
  exited(): boolean;
  stop(): void;
}

/** As somebody at a terminal would start it. */
function run(file: string, room: ChannelId, token = tokens.bot): Bot {
  const env = { PATH: process.env["PATH"], FOLKMOOT: url, TOKEN: token, ME: bot, DOCUMENT: channelDocument(room) };
  const child = spawn(process.execPath, [join(BOTS, file)], { env });
  running.push(child);
  let output = "";
  child.stdout.on("data", (text: Buffer) => (output += text.toString()));
  return { output: () => output, exited: () => child.exitCode !== null, stop: () => void child.kill() };
}

async function listen(room: ChannelId): Promise<HocuspocusClient> {
  const client = hocuspocusClient(url, tokens.alice, channelDocument(room));
  await until(client.isSynced);
  return client;
}

/** Closes the first segment of a channel. */
async function goOn(room: ChannelId): Promise<void> {
  const [name, head] = [channelDocument(room), channelDocument(room, 2)];
  const closed = { author: SYS, entry: about("closed", { head: 2 }) } as const;
  await node.sync.committer.submit({ kind: "write", document: name, entries: [closed] });
  const next = { name: head, channel_id: room, kind: "channel", segment: 2, opened_at: Date.now() } as const;
  await database.db.insertInto("document").values(next).execute();
  await database.db.updateTable("document").set({ closed: 2 }).where("name", "=", name).execute();
}

const answers = ({ doc }: HocuspocusClient): readonly (EntryId | undefined)[] =>
  entriesIn(doc, bot).map((entry) => (entry as { re?: { id: EntryId } }).re?.id);

describe.each(["hocuspocus-bot.ts", "y-websocket-bot.ts"])("%s", (file) => {
  test("answers what was said before it came and what is said while it is there, and each once", async () => {
    const room = await channel(database.db, home);
    const channelOf = await listen(room);
    const pings = [say("ping"), say("ping"), say("ping")] as const;
    append(channelOf.doc, alice, say("hello"), pings[0]);
    const first = run(file, room);
    await until(() => answers(channelOf).length === 1);
    append(channelOf.doc, alice, pings[1]);
    await until(() => answers(channelOf).length === 2);
    first.stop();

    run(file, room);
    append(channelOf.doc, alice, pings[2]);
    await until(() => answers(channelOf).length === 3);
    expect(answers(channelOf)).toEqual(pings.map(({ id }) => id));
  });

  test("starts over after a refusal, gives up what is refused for good, and goes on with what is not", async () => {
    const room = await channel(database.db, home, { kind: "broadcast" });
    const channelOf = await listen(room);
    const program = run(file, room);
    append(channelOf.doc, alice, say("ping"));
    await until(() => program.output().split("refused: announcements-only").length === 4);
    await database.db.updateTable("membership").set({ role: "moderator" }).where("person_id", "=", bot).execute();

    const heard = say("ping");
    append(channelOf.doc, alice, heard);
    await until(() => answers(channelOf).includes(heard.id));
    expect(program.output().split("refused").length).toBe(4);
  });

  test("follows a channel into its next segment", async () => {
    const room = await channel(database.db, home);
    const before = await listen(room);
    append(before.doc, alice, say("ping"));
    await until(() => before.said.some(({ type }) => type === "committed"));
    await goOn(room);
    const program = run(file, room);
    await until(() => program.output() === "refused: segment-closed\n");

    const after = hocuspocusClient(url, tokens.alice, channelDocument(room, 2));
    await until(after.isSynced);
    append(after.doc, alice, say("ping"));
    await until(() => answers(after).length === 1);
    expect(answers(before)).toEqual([]);
  });

  test("ends when it is not let in", async () => {
    const room = await channel(database.db, home);
    const wrong = run(file, room, "nonsense");
    const outside = run(file, await channel(database.db, home, { private: true, inside: [alice] }));
    await until(() => wrong.exited() && outside.exited());
    expect([wrong.output(), outside.output()]).toEqual(["not let in: signed-out\n", "not let in: not-a-member\n"]);
  });
});

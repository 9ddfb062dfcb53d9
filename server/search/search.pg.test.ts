import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import { roles, type Role } from "#shared/permissions/rules.ts";
import { parseQuery } from "#shared/search/query.ts";
import { projectDocument } from "#server/projections/run.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import { testNode } from "#tests/support/scribe.ts";

import { readableChannels } from "./readable.ts";
import { search } from "./search.ts";

let database: TestDatabase;
let alice: MemberId;
let bob: MemberId;
let place: CommunityId;
let talk: ChannelId;

beforeAll(async () => {
  database = await testDatabase();
  alice = await person(database.db, "Alice");
  bob = await person(database.db, "Bob the Builder");
  place = await community(database.db, { [alice]: "member", [bob]: "member" });
  talk = await channel(database.db, place);
});
afterAll(() => database.close());

const write = async (id: ChannelId, author: MemberId, ...entries: Parameters<typeof committed>[2][]) => {
  for (const entry of entries) await committed(id, author, entry);
  await projectDocument(database.db, logDocument("channel", id, 1));
};

async function committed(
  id: ChannelId,
  author: MemberId,
  entry: ReturnType<typeof say> | ReturnType<typeof about>,
): Promise<void> {
  const { submit } = testNode(database.db).committer;
  await submit({ kind: "write", document: logDocument("channel", id, 1), entries: [{ author, entry }] });
}

const found = async (text: string, who = alice): Promise<readonly string[]> => {
  const { hits } = await search(database.db, who, parseQuery(text));
  return hits.map(({ snippet }) => snippet.map((piece) => piece.text).join(""));
};

test("words, phrases, beginnings and names are found, newest first", async () => {
  const at = Date.UTC(2010, 4, 1);
  await write(
    talk,
    alice,
    say("the sound of my card", { at }),
    say("no sound card here", { at: at + 1 }),
    say("installing 日本語 fonts: apt-get install", { at: at + 2 }),
  );
  await write(talk, bob, say("Sound? CARD!", { at: at + 3 }));

  expect(await found("sound card")).toEqual(["Sound? CARD!", "no sound card here", "the sound of my card"]);
  expect(await found('"sound card"')).toEqual(["Sound? CARD!", "no sound card here"]);
  expect(await found("insta*")).toHaveLength(1);
  expect(await found("本語")).toHaveLength(1);
  expect(await found("語")).toHaveLength(1);
  expect(await found("apt-get")).toHaveLength(1);
  expect(await found('from:"bob the builder" sound')).toEqual(["Sound? CARD!"]);
  expect(await found("from:nobody sound")).toEqual([]);
  expect(await found(`in:${talk} from:alice card`)).toHaveLength(2);
  expect(await found("card before:2010-05")).toEqual([]);
  expect(await found("card after:2010-05")).toHaveLength(3);
  expect(await found("& | ! <-> ' \\ :*")).toEqual([]);
});

test("what was looked for is marked", async () => {
  await write(talk, alice, say(`${"before ".repeat(60)}the swordfish swims ${"after ".repeat(60)}`));

  const { hits } = await search(database.db, alice, parseQuery('"swordfish swims"'));

  expect(hits[0]?.snippet.filter(({ mark }) => mark)).toEqual([{ text: "swordfish swims", mark: true }]);
  expect(hits[0]?.snippet.map(({ text }) => text).join("").length).toBeLessThan(300);
});

test("an edit is found by its new words only, and what is hidden or retracted not at all", async () => {
  const first = say("first wording walrus");
  const hidden = say("walrus of ill repute");
  const gone = say("regrettable walrus");
  await write(talk, alice, first, hidden, gone);
  await write(talk, alice, about("edit", { of: { author: alice, id: first.id }, body: "second wording ocelot" }));
  await write(talk, bob, about("hide", { of: { author: alice, id: hidden.id }, reason: "off topic" }));
  await write(talk, alice, about("retract", { of: { author: alice, id: gone.id }, what: "message" }));

  expect(await found("walrus")).toEqual([]);
  expect(await found("ocelot")).toEqual(["second wording ocelot"]);
});

test("pages neither skip nor repeat, also among messages of one millisecond", async () => {
  const at = Date.UTC(2011, 0, 1);
  const bodies = Array.from({ length: 50 }, (_, index) => `pagination ${index}`);
  await write(talk, alice, ...bodies.map((body, index) => say(body, { at: at + Math.floor(index / 10) })));

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await search(database.db, alice, parseQuery("pagination"), cursor);
    seen.push(...page.hits.map(({ id }) => id));
    cursor = page.next;
  } while (cursor !== undefined);

  expect(seen).toHaveLength(50);
  expect(new Set(seen).size).toBe(50);
});

test("a cursor that somebody made up is no error", async () => {
  expect(await search(database.db, alice, parseQuery("sound"), "made-up")).toMatchObject({ hits: expect.any(Array) });
  const forged = Buffer.from(JSON.stringify(["NaN", "1", "x", "y"])).toString("base64url");
  expect(await search(database.db, alice, parseQuery("sound"), forged)).toMatchObject({ hits: expect.any(Array) });
});

test("nobody finds what they may not read, or no longer", async () => {
  const secret = await channel(database.db, place, { private: true, inside: [alice] });
  await write(secret, alice, say("the treasure is buried"));
  const stranger = await person(database.db, "Mallory");

  expect(await found("treasure", alice)).toHaveLength(1);
  expect(await found("treasure", bob)).toEqual([]);
  expect(await found(`in:${secret} treasure`, bob)).toEqual([]);
  expect(await found("sound", stranger)).toEqual([]);

  await database.db.deleteFrom("membership").where("person_id", "=", alice).where("community_id", "=", place).execute();
  expect(await found("treasure", alice)).toEqual([]);
  await database.db
    .insertInto("membership")
    .values({ person_id: alice, community_id: place, role: "member" })
    .execute();
});

test.for(
  roles.flatMap((role) =>
    [true, false].flatMap((isPrivate) =>
      [true, false].map((inside) => [role, isPrivate, inside] as [Role, boolean, boolean]),
    ),
  ),
)(
  "whether a %s may read a channel (private: %s, let in: %s), the query and the permission table agree",
  async ([role, isPrivate, inside]) => {
    const carol = await person(database.db, "Carol");
    const here = await community(database.db, { [carol]: role });
    const there = await channel(database.db, here, { private: isPrivate, inside: inside ? [carol] : [] });
    const actor = { id: carol, platformAdmin: false, role, inside };

    const readable = await readableChannels(database.db, carol, []);

    expect(readable.includes(there)).toBe(can(actor, "document.read", { place: "chat", private: isPrivate }));
  },
);

test("whoever takes part in a conversation finds what was said there, and nobody else", async () => {
  const id = uuid() as ChannelId;
  await database.db
    .insertInto("channel")
    .values({ id, kind: "direct", community_id: null, pair: `${alice} ${bob}`, archived_at: null })
    .execute();
  await database.db
    .insertInto("participant")
    .values([alice, bob].map((person_id) => ({ channel_id: id, person_id })))
    .execute();

  expect(await readableChannels(database.db, bob, [])).toContain(id);
  expect(await readableChannels(database.db, await person(database.db, "Carol"), [])).not.toContain(id);
});

test("in a long history what is common and what is rare are found alike", { timeout: 60_000 }, async () => {
  const long = await channel(database.db, place);
  const words = ["alpha", "beta", "gamma"];
  const at = Date.UTC(2012, 0, 1);
  const rows = Array.from({ length: 4_000 }, (_, index) => ({
    body: `${words[index % 3]} ${index === 17 ? "needle" : "hay"}`,
    id: say("", { at: at + index }).id,
    at: at + index,
  }));
  const { submit } = testNode(database.db).committer;
  await submit({
    kind: "write",
    document: logDocument("channel", long, 1),
    entries: rows.map((row) => ({ author: alice, entry: { kind: "message", ...row } })),
  });
  await projectDocument(database.db, logDocument("channel", long, 1));

  expect(await found("needle")).toEqual(["gamma needle"]);
  expect(await found("alpha hay")).toHaveLength(20);
  expect((await found("alpha hay"))[0]).toBe("alpha hay");
});

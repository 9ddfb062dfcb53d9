import fc from "fast-check";
import { sql } from "kysely";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Doc, type AbstractType } from "yjs";

import { authorOfLog, logDocument, type Author } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import type { Ref } from "#shared/entries/kind.ts";
import { parseEntry, type Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { compact } from "#server/documents/compact.ts";
import { createDigest } from "#server/documents/digest.ts";
import { erase } from "#server/documents/erase.ts";
import { createCommitter } from "#server/documents/committer.ts";
import { load } from "#server/documents/live.ts";
import { createPens } from "#server/documents/pens.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

import { documentsBehind } from "./behind.ts";
import { rebuild } from "./rebuild.ts";
import { projectDocument } from "./run.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

const alice = uuid() as MemberId;
const bob = uuid() as MemberId;
const START = Date.UTC(2026, 0, 1);
const OPENED_AT = [0, START, START + 50];

/** A channel of two segments, both still open to the server's writes. */
async function channelOfTwo() {
  const { db } = database;
  const channel = uuid() as ChannelId;
  const names = [1, 2].map((segment) => logDocument("channel", channel, segment));
  for (const [index, name] of names.entries()) {
    const opened_at = OPENED_AT[index + 1] as number;
    await db
      .insertInto("document")
      .values({ name, channel_id: channel, kind: "channel", segment: index + 1, opened_at })
      .execute();
  }
  const committer = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(Buffer.alloc(32)),
    waitFor: () => 0,
    now: Date.now,
    committed: () => undefined,
    failed: (error) => expect.fail(String(error)),
  });

  return {
    channel,
    names,
    name: (segment: number) => names[segment - 1] as string,
    write: async (segment: number, author: Author, entry: Entry) =>
      expect(
        await committer.submit({ kind: "write", document: names[segment - 1] as string, entries: [{ author, entry }] }),
      ).toMatchObject({ kind: "committed" }),
    project: (segment: number) => projectDocument(db, names[segment - 1] as string),
    eraseAll: async () => {
      for (const name of names) expect(await erase(db, committer.submit, name)).toBe(true);
    },
    rows: () => projectedRows(channel),
    expected: () => foldedRows(names),
  };
}

type Channel = Awaited<ReturnType<typeof channelOfTwo>>;

/** What the documents themselves say, in the words of the tables. */
async function foldedRows(names: readonly string[]) {
  const fold = createFold((segment) => OPENED_AT[segment] as number);
  for (const [index, name] of names.entries()) {
    const live = await load(database.db, name, new Doc());
    for (const [root, log] of live?.doc.share ?? new Map<string, AbstractType<unknown>>()) {
      const author = authorOfLog(root) as Author;
      live?.doc.getArray(root).forEach((value) => {
        const entry = parseEntry(value);
        if (entry !== undefined) fold.add({ author, segment: index + 1, entry });
      });
      expect(log).toBeDefined();
    }
  }
  return fold.rows().map((row) => ({
    key: row.key,
    kind: row.kind,
    segment: row.segment,
    position: row.position,
    body: row.body,
    re: row.re === undefined ? null : `${row.re.author} ${row.re.id}`,
    edited: row.edited ?? null,
    hidden: row.hidden?.reason ?? null,
    mentions: [...row.mentions],
    reactions: row.reactions.flatMap(({ key, by }) => by.map((member) => `${key} ${member}`)).toSorted(),
  }));
}

async function projectedRows(channel: string) {
  const { rows } = await sql`
    select author || ' ' || id as key, kind, segment, position, body, re_author || ' ' || re_id as re, edited, hidden_reason as hidden, mentions,
      array(select r.key || ' ' || r.member from reaction r where r.channel = m.channel and r.of_author = m.author and r.of_id = m.id order by 1) as reactions
    from message m where channel = ${channel} order by position, at, author, id`.execute(database.db);
  return rows;
}

const idAt = (n: number): EntryId => `${ulid(START + n).slice(0, 10)}${String(n).padStart(16, "0")}` as EntryId;

/** The n-th thing that happens: about an earlier message, or one of its own. */
const act = fc.record({
  what: fc.constantFrom("message", "message", "edit", "retract", "reaction", "hide", "restore", "retract-edit"),
  author: fc.constantFrom(alice, bob),
  target: fc.nat(20),
  segment: fc.constantFrom(1, 2),
  text: fc.constantFrom("hello", "sound card", "日本語", ":-)"),
  then: fc.constantFrom("nothing", "nothing", "project-1", "project-2", "project-both-at-once", "compact", "erase"),
});
type Act = Parameters<
  Parameters<ReturnType<typeof fc.array<typeof act extends fc.Arbitrary<infer T> ? T : never>>["map"]>[0]
>[0][number];

/** The entry that an act is, given those before it. Undefined when there is nothing that it could be about. */
function entryOf(
  { what, author, target, text }: Act,
  n: number,
  before: readonly { author: MemberId; entry: Entry }[],
): Entry | undefined {
  const base = { id: idAt(n), at: START + n };
  const own = what === "edit" || what === "retract" || what === "retract-edit";
  const kind = what === "retract-edit" ? "edit" : "message";
  const possible = before.filter((other) => other.entry.kind === kind && (!own || other.author === author));
  const chosen = possible[target % Math.max(1, possible.length)];
  const of: Ref | undefined = chosen && { author: chosen.author, id: chosen.entry.id };

  if (what === "message")
    return {
      ...base,
      kind: "message",
      body: `${text} ${n}`,
      mentions: target % 3 === 0 ? [bob] : [],
      ...(of && target % 2 === 0 ? { re: of } : {}),
    };
  if (of === undefined) return undefined;
  if (what === "edit") return { ...base, kind: "edit", of, body: `${text} edited ${n}` };
  if (what === "retract") return { ...base, kind: "retract", of, what: "message" };
  if (what === "retract-edit") return { ...base, kind: "retract", of, what: "edit" };
  if (what === "reaction")
    return { ...base, kind: "reaction", of, key: target % 2 === 0 ? "+1" : "tada", on: target % 5 !== 0 };
  return what === "hide" ? { ...base, kind: "hide", of, reason: text } : { ...base, kind: "restore", of };
}

async function afterwards(channel: Channel, { then, segment }: Act): Promise<void> {
  if (then === "project-1") await channel.project(1);
  if (then === "project-2") await channel.project(2);
  if (then === "project-both-at-once") await Promise.all([channel.project(1), channel.project(2), channel.project(1)]);
  if (then === "compact") await compact(database.db, channel.name(segment));
  if (then === "erase") await channel.eraseAll();
}

test(
  "however entries are spread over segments, and whenever a worker reads, the tables say what the fold says",
  { timeout: 120_000 },
  async () => {
    const histories = fc.array(act, { minLength: 3, maxLength: 24 });

    await fc.assert(
      fc.asyncProperty(histories, async (acts) => {
        const channel = await channelOfTwo();
        const before: { author: MemberId; entry: Entry }[] = [];
        for (const [n, one] of acts.entries()) {
          const entry = entryOf(one, n, before);
          if (entry === undefined) continue;
          before.push({ author: one.author, entry });
          await channel.write(one.segment, one.author, entry);
          await afterwards(channel, one);
        }
        await channel.eraseAll();
        await channel.project(2);
        await channel.project(1);

        expect(await channel.rows()).toEqual(await channel.expected());
      }),
      { numRuns: 40 },
    );
  },
);

const say = (n: number, body: string): Entry => ({ kind: "message", id: idAt(n), at: START + n, body });
const retract = (n: number, of: number): Entry => ({
  kind: "retract",
  id: idAt(n),
  at: START + n,
  of: { author: alice, id: idAt(of) },
  what: "message",
});

/** Every text that the projections hold of a channel. */
async function texts(channel: string): Promise<string> {
  const { rows } = await sql`
    select (select json_agg(e) from entry e where channel = ${channel}) as entries, (select json_agg(m) from message m where channel = ${channel}) as messages`.execute(
    database.db,
  );
  return JSON.stringify(rows);
}

test("what was retracted has left the tables and the index", async () => {
  const channel = await channelOfTwo();
  await channel.write(1, alice, say(1, "my password is swordfish"));
  await channel.project(1);
  expect(await texts(channel.channel)).toContain("swordfish");

  await channel.write(2, alice, retract(2, 1));
  await channel.project(2);

  expect(await texts(channel.channel)).not.toContain("swordfish");
  expect(await channel.rows()).toMatchObject([{ kind: "removed", body: "" }]);
});

test("what was retracted and compacted in front of a stopped worker does not stay", async () => {
  const channel = await channelOfTwo();
  await channel.write(1, alice, say(1, "my password is swordfish"));
  await channel.write(1, bob, say(2, "oh dear"));
  await channel.project(1);
  await channel.write(1, alice, retract(3, 1));
  await channel.eraseAll();
  await channel.write(1, bob, say(4, "gone?"));

  await channel.project(1);

  expect(await texts(channel.channel)).not.toContain("swordfish");
  expect(await channel.rows()).toEqual(await channel.expected());
});

test("a worker that starts when half of the journal is compacted misses nothing", async () => {
  const channel = await channelOfTwo();
  await channel.write(1, alice, say(1, "one"));
  await compact(database.db, channel.name(1));
  await channel.write(1, bob, say(2, "two"));
  expect(await documentsBehind(database.db, 1_000)).toContain(channel.name(1));

  await channel.project(1);

  expect(await channel.rows()).toMatchObject([{ body: "one" }, { body: "two" }]);
  expect(await documentsBehind(database.db, 1_000)).not.toContain(channel.name(1));
});

test("rebuilding everything leads to the same rows", async () => {
  const channel = await channelOfTwo();
  await channel.write(1, alice, say(1, "one"));
  await channel.write(2, alice, {
    kind: "edit",
    id: idAt(2),
    at: START + 2,
    of: { author: alice, id: idAt(1) },
    body: "uno",
  });
  await channel.project(1);
  await channel.project(2);
  const before = await channel.rows();
  const progress: number[] = [];

  await rebuild(database.db, (done) => void progress.push(done));

  expect(await channel.rows()).toEqual(before);
  expect(progress.at(-1)).toBeGreaterThan(1);
});

test("the last word about how far somebody has read stands, in whatever order it arrives", async () => {
  const { db } = database;
  const home = logDocument("user", alice as string as ChannelId, 1);
  const read = uuid() as ChannelId;
  await db
    .insertInto("document")
    .values({ name: home, channel_id: alice, kind: "user", segment: 1, opened_at: START })
    .execute();
  const committer = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(Buffer.alloc(32)),
    waitFor: () => 0,
    now: Date.now,
    committed: () => undefined,
    failed: (error) => expect.fail(String(error)),
  });
  const mark = (n: number): Entry => ({ kind: "marker", id: idAt(n), at: START + n, channel: read, read: n });

  for (const n of [5, 9, 7]) {
    await committer.submit({ kind: "write", document: home, entries: [{ author: alice, entry: mark(n) }] });
    await projectDocument(db, home);
  }

  expect(await db.selectFrom("marker").select("read").where("person", "=", alice).execute()).toEqual([{ read: 9 }]);
});

import { afterAll, beforeAll, expect, test } from "vitest";

import { createFold } from "#shared/entries/fold.ts";
import { parseEntry } from "#shared/entries/kinds.ts";
import type { MemberId } from "#shared/ids.ts";
import { parseQuery } from "#shared/search/query.ts";
import { projectDocument } from "#server/projections/run.ts";
import { search } from "#server/search/search.ts";
import { about, say } from "#tests/support/people.ts";
import { entriesIn } from "#tests/support/scribe.ts";

import { openWorld, saying, type World } from "./support/world.ts";

let world: World;
let mallory: MemberId;
beforeAll(async () => {
  world = await openWorld();
  mallory = world.mallory;
});
afterAll(() => world.close());

const letters = (count: number, of: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => of(index)).join("");

/** Texts that parsers, indexes and regular expressions stumble over. */
const TEXTS = [
  "x".repeat(8_000),
  "é".repeat(7_900),
  "\u0301".repeat(7_900),
  "\u{1f468}\u200d".repeat(1_600),
  letters(1_600, (index) => `${index.toString(36)} `),
  letters(2_600, (index) => String.fromCodePoint(0x4e00 + index)),
  letters(31, (index) => String.fromCharCode(index + 1)),
  "'\\:*&|!()<->@@ \"' or 1=1; --",
  "%_%_\\%".repeat(900),
  "\u2028\u2029\ufeff\u202e\u2066\uffff\ufffe",
  "\u{10ffff}\u{e0001}",
  "[".repeat(4_000) + "](".repeat(2_000),
  "a@b.c ".repeat(1_300),
  "http://".repeat(1_000),
  `${"-".repeat(3_999)} ${"0".repeat(4_000)}`,
  "İıſẞ".repeat(1_500),
  " \t\n\u00a0\u3000",
];

test("whatever the gate takes, the tables hold, the fold shows and the search survives", async () => {
  const { db } = world.database;
  const room = await world.room();
  const far = { author: mallory, id: say("x").id, segment: 2 ** 53 - 1 };
  const named = (body: string) => Array.from({ length: Buffer.byteLength(body) < 12_000 ? 50 : 2 }, () => world.bob);
  const said = TEXTS.map((body) => say(body, { re: far, mentions: named(body) }));
  const more = [
    ...said.map(({ id }, index) =>
      about("edit", { of: { author: mallory, id, segment: 7 }, body: TEXTS.at(-index - 1) ?? "" }),
    ),
    ...["\u0001", "'", "\u202e", "%", "\u{1f600}".repeat(16)].map((key) =>
      about("reaction", { of: far, key, on: true }),
    ),
    about("retract", { of: { author: mallory, id: said[0]?.id ?? far.id }, what: "reaction" }),
    about("edit", { of: far, body: "of nothing" }),
  ];
  for (const entry of [...said, ...more])
    expect(await room.take(mallory, saying(mallory, [entry])), JSON.stringify(entry).slice(0, 90)).toMatchObject({
      kind: "committed",
    });
  await projectDocument(db, room.live.name);

  const rows = await db.selectFrom("message").select(["id", "body"]).where("channel", "=", room.id).execute();
  const fold = createFold();
  for (const value of entriesIn(room.live.doc, mallory)) {
    const entry = parseEntry(value);
    if (entry !== undefined) fold.add({ author: mallory, segment: 1, entry });
  }
  const shown = fold.rows().map(({ id, body }) => ({ id, body }));
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  expect(rows.toSorted(byId)).toEqual(shown.toSorted(byId));
  // A message that was taken back as if it had been a reaction leaves no line.
  expect(rows.length).toBe(TEXTS.length - 1);
  for (const text of TEXTS) await search(db, world.bob, parseQuery(text.slice(0, 400)));

  const home = await world.node.open(`user:${mallory}/1`);
  const states = TEXTS.map((body, index) => [
    about("marker", { channel: room.id, read: 2 ** 53 - 1 - index }),
    about("draft", { channel: room.id, body, re: far }),
  ]);
  expect(await world.node.take(home, mallory, saying(mallory, states.flat()), true)).toMatchObject({
    kind: "committed",
  });
  await projectDocument(db, home.name);
  expect(await db.selectFrom("marker").selectAll().where("person", "=", mallory).execute()).toHaveLength(1);
});

import { writeAny, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { readBody } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import { load, type Live } from "#server/documents/live.ts";
import { checkPage } from "#tests/support/page-checker.ts";
import { page } from "#tests/support/people.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";

import { any, deleted, erasure, forge, forged, gc, skip, strange, type Place, type Struct } from "./support/forge.ts";
import { openHall, type Hall } from "./support/hall.ts";
import { message, TYPE } from "./support/wire.ts";
import { freshClient } from "./support/world.ts";

/** Alice moderates; Mallory is made a moderator for these tests, Bob is a member. */
let hall: Hall;
let alice: MemberId;
let bob: MemberId;
let mallory: MemberId;
let name: string;
let live: Live;

beforeAll(async () => {
  hall = await openHall();
  ({ alice, bob, mallory } = hall.world);
  await hall.world.database.db
    .updateTable("membership")
    .set({ role: "moderator" })
    .where("person_id", "=", mallory)
    .execute();
});
beforeEach(async () => {
  name = pageDocument(await page(hall.world.database.db, hall.world.home));
  live = await hall.world.node.open(name);
  expect(await take(alice, pageWriter().writes(paragraph("Be kind")))).toMatchObject({ kind: "committed" });
});
afterEach(() => hall.clear());
afterAll(() => hall.close());

const take = (sender: MemberId, bytes: Uint8Array, step2 = false) => hall.world.node.take(live, sender, bytes, step2);

/** Refused as this, and nothing of it is anywhere. */
async function refuses(code: RefusalCode | "behind", sender: MemberId, bytes: Uint8Array, step2 = false) {
  const before = encodeStateAsUpdate(live.doc);
  const outcome = await take(sender, bytes, step2);
  expect(outcome).toMatchObject(code === "behind" ? { kind: "behind" } : { kind: "refused", code });
  expect(encodeStateAsUpdate(live.doc)).toEqual(before);
  const stored = new Doc();
  await load(hall.world.database.db, name, stored);
  expect(encodeStateAsUpdate(stored)).toEqual(before);
  checkPage(live.doc);
}

const root: Place = { root: PAGE_ROOT };
const element = (node: string, place: Place = root): Struct => ({
  content: 7,
  place,
  write: (encoder) => [writeVarUint(encoder, 3), writeVarString(encoder, node)],
});
const run = (place: Place): Struct => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 6) });
const text = (words: string, place: Place): Struct => ({
  content: 4,
  place,
  write: (encoder) => writeVarString(encoder, words),
});
const format = (mark: string, json: string, place: Place): Struct => ({
  content: 6,
  place,
  write: (encoder) => [writeVarString(encoder, mark), writeVarString(encoder, json)],
});
const attribute = (key: string, value: unknown, parent: { client: number; clock: number }): Struct => ({
  content: 8,
  place: { parent, key },
  write: (encoder) => [writeVarUint(encoder, 1), writeAny(encoder, value as never)],
});

/** A paragraph with words, and something more that stands in or beside it. */
function wordsAnd(...more: readonly ((client: number) => Struct)[]): Uint8Array {
  const client = freshClient();
  const [block, words] = [0, 1].map((clock) => ({ client, clock })) as [
    Parameters<typeof attribute>[2],
    { client: number; clock: number },
  ];
  const structs = [element("paragraph"), run({ parent: block }), text("x", { parent: words })];
  return forged(client, 0, ...structs, ...more.map((make) => make(client)));
}

test("nothing lies in a root of its own, and nothing in another kind of type", async () => {
  for (const other of ["default", "", "sys", `log/${mallory}`, "body ", "__proto__"])
    await refuses("invalid", mallory, forged(freshClient(), 0, element("paragraph", { root: other })));
  for (const [kind, make] of Object.entries(strange)) {
    if (["string", "format", "xml text", "xml element"].includes(kind)) continue;
    await refuses("malformed", mallory, forged(freshClient(), 0, make(root)));
    await refuses("malformed", mallory, forged(freshClient(), 0, make(root)), true);
  }
  for (const [kind, make] of Object.entries(strange)) {
    if (!["string", "format", "xml text", "xml element"].includes(kind)) continue;
    await refuses("invalid", mallory, forged(freshClient(), 0, make(root)));
  }
  await refuses("malformed", mallory, forged(freshClient(), 0, skip(5), element("paragraph")));
});

test("only the elements of a page lie in it, where they belong", async () => {
  for (const node of [
    "script",
    "iframe",
    "Paragraph",
    "doc",
    "text",
    "__proto__",
    "constructor",
    "listItem",
    "tableCell",
    "hardBreak",
    "a".repeat(9_000),
  ])
    await refuses("invalid", mallory, forged(freshClient(), 0, element(node)));
  const within = (outer: string, inner: string): Uint8Array => {
    const client = freshClient();
    return forged(client, 0, element(outer), element(inner, { parent: { client, clock: 0 } }));
  };
  for (const [outer, inner] of [
    ["paragraph", "paragraph"],
    ["bulletList", "paragraph"],
    ["table", "tableCell"],
    ["blockquote", "table"],
    ["image", "paragraph"],
    ["horizontalRule", "image"],
    ["codeBlock", "mention"],
  ] as const)
    await refuses("invalid", mallory, within(outer, inner));
  expect(await take(mallory, within("blockquote", "paragraph"))).toMatchObject({ kind: "committed" });
});

test("attributes say what they may, and nothing that runs is linked to", async () => {
  const withAttribute = (node: string, key: string, value: unknown): Uint8Array => {
    const client = freshClient();
    return forged(client, 0, element(node), attribute(key, value, { client, clock: 0 }));
  };
  for (const [node, key, value] of [
    ["heading", "level", 7],
    ["heading", "level", "1"],
    ["heading", "onclick", "alert(1)"],
    ["heading", "__proto__", 1],
    ["paragraph", "class", "x"],
    ["orderedList", "start", -1],
    ["orderedList", "start", 1.5],
    ["codeBlock", "language", "a b"],
    ["codeBlock", "language", "x".repeat(200_000)],
    ["taskList", "checked", true],
    ["image", "src", "javascript:alert(1)"],
    ["image", "src", "data:image/svg+xml,<svg onload=alert(1)>"],
    ["image", "src", "http://example.org/a.png"],
    ["image", "alt", "x".repeat(501)],
    ["image", "alt", { nested: true }],
  ] as const)
    await refuses("invalid", mallory, withAttribute(node, key, value));
  expect(await take(mallory, withAttribute("heading", "level", 2))).toMatchObject({ kind: "committed" });

  const mark = (key: string, json: string) => wordsAnd((client) => format(key, json, { origin: { client, clock: 2 } }));
  for (const [key, json] of [
    ["link", '{"href":"javascript:alert(1)"}'],
    ["link", '{"href":"data:text/html,x"}'],
    ["link", '{"href":"https://example.org","onclick":"x"}'],
    ["link", '"https://example.org"'],
    ["link", "{}"],
    ["bold", "true"],
    ["bold", '{"class":"x"}'],
    ["underline", "{}"],
    ["toString", "null"],
    ["__proto__", "null"],
  ] as const)
    await refuses("invalid", mallory, mark(key, json));
  await refuses("malformed", mallory, mark("bold", "{"));
  await refuses("malformed", mallory, mark("link", `{"href":"https://${"a".repeat(5_000)}"}`));
  await refuses(
    "invalid",
    mallory,
    wordsAnd((client) => text("\0", { origin: { client, clock: 2 } })),
  );
  expect(await take(mallory, mark("link", '{"href":"https://example.org"}'))).toMatchObject({ kind: "committed" });
});

test("words have no fields, runs hold nothing but words, and neighbours lie in one place", async () => {
  await refuses(
    "invalid",
    mallory,
    wordsAnd((client) => attribute("bold", true, { client, clock: 1 })),
  );
  await refuses(
    "invalid",
    mallory,
    wordsAnd((client) => element("mention", { parent: { client, clock: 1 } })),
  );
  await refuses(
    "invalid",
    mallory,
    wordsAnd((client) => any([1], { origin: { client, clock: 2 } })),
  );
  // What stands behind a paragraph and before its words would be in both.
  await refuses(
    "invalid",
    mallory,
    wordsAnd((client) => element("paragraph", { origin: { client, clock: 0 }, right: { client, clock: 2 } })),
  );
  await refuses(
    "invalid",
    mallory,
    wordsAnd((client) => element("paragraph", { parent: { client, clock: 2 } })),
  );
});

test("nesting ends somewhere, and so do frames and pages", async () => {
  const client = freshClient();
  const deep = Array.from({ length: 40 }, (_, depth) =>
    element("blockquote", depth === 0 ? root : { parent: { client, clock: depth - 1 } }),
  );
  await refuses("invalid", mallory, forged(client, 0, ...deep));
  await refuses("too-large", mallory, new Uint8Array(256 * 1024 + 1));
  await refuses(
    "too-large",
    mallory,
    forged(freshClient(), 0, ...Array.from({ length: 8_001 }, () => element("paragraph"))),
  );
  await refuses(
    "too-large",
    mallory,
    forge(Array.from({ length: 65 }, () => ({ client: freshClient(), clock: 0, structs: [element("paragraph")] }))),
  );
  // Each would have to be compared with all the others.
  await refuses(
    "too-large",
    mallory,
    forged(freshClient(), 0, ...Array.from({ length: 5_000 }, () => element("paragraph"))),
  );

  const writer = pageWriter(live.doc);
  const words = "word ".repeat(45_000);
  const long = pageWriter();
  long.hears(writer.holds());
  expect(await take(alice, long.writes(paragraph(words)))).toMatchObject({ kind: "committed" });
  const again = pageWriter();
  again.hears(encodeStateAsUpdate(live.doc));
  await refuses("too-large", alice, again.writes(paragraph(words), paragraph(words)));
});

test("who may not edit neither adds nor deletes, whatever they call it", async () => {
  const own = pageWriter();
  own.hears(encodeStateAsUpdate(live.doc));
  const emptied = own.writes(paragraph(""));
  await refuses("forbidden", bob, emptied);
  await refuses("forbidden", bob, own.holds(), true);
  const [client] = [...live.doc.store.clients.keys()];
  await refuses("forbidden", bob, erasure(client as number, [0, 1]));
  await refuses("forbidden", bob, forged(freshClient(), 0, gc(3)));
  await refuses("forbidden", hall.world.guest, pageWriter().writes(paragraph("I was here")));
  // Everybody answers a step 1 with what they have.
  expect(await take(bob, encodeStateAsUpdate(live.doc), true)).toMatchObject({ kind: "committed" });
});

test("nobody writes under another one's clientID, or from a clock that is not reached", async () => {
  const [victim] = [...live.doc.store.clients.keys()] as [number];
  const clock = live.doc.store.clients.get(victim)?.length as number;
  const end = live.doc.store.clients.get(victim)?.reduce((sum, struct) => sum + struct.length, 0) as number;
  expect(clock).toBeGreaterThan(0);
  await refuses("foreign-client", mallory, forged(victim, end, element("paragraph")));
  await refuses("foreign-client", mallory, forged(victim, end, gc(1)));
  await refuses("behind", mallory, forged(freshClient(), 5, element("paragraph")));
  await refuses("missing-dependency", mallory, forged(freshClient(), 5, element("paragraph")), true);
  await refuses(
    "behind",
    mallory,
    forged(freshClient(), 0, element("paragraph", { origin: { client: freshClient(), clock: 1 } })),
  );
  await refuses("behind", mallory, erasure(freshClient(), [0, 1]));
  await refuses("missing-dependency", mallory, erasure(victim, [0, 2 ** 50]), true);
});

test("what lies in something deleted is nowhere, and its words are not kept", async () => {
  const [victim] = [...live.doc.store.clients.keys()] as [number];
  expect(await take(alice, erasure(victim, [0, 1]))).toMatchObject({ kind: "committed" });
  const late = forged(freshClient(), 0, text("a secret that came too late", { parent: { client: victim, clock: 1 } }));
  expect(await take(mallory, late)).toMatchObject({ kind: "committed" });
  const rows = await hall.world.database.db
    .selectFrom("journal")
    .select("update")
    .where("document", "=", name)
    .execute();
  expect(rows.some(({ update }) => Buffer.from(update).includes("too late"))).toBe(false);
  expect(readBody(live.doc.getXmlFragment(PAGE_ROOT)).content).toEqual([]);
  expect(await take(mallory, forged(freshClient(), 0, deleted(3, root)))).toMatchObject({ kind: "committed" });
  checkPage(live.doc);
});

test("carets say whose they are by themselves, and what else is said as awareness reaches nobody", async () => {
  const [hers, his, stranger] = [await hall.wire(alice), await hall.wire(mallory), await hall.wire(bob)];
  await Promise.all([hers, his, stranger].map((wire) => wire.attach(name)));
  const at = { anchor: { tname: PAGE_ROOT }, head: { tname: PAGE_ROOT } };
  const say = (wire: typeof his, caret: object): void =>
    wire.stateless(name, JSON.stringify({ type: "caret", client: 7, ...caret }));
  say(stranger, { at });
  say(his, { at: { ...at, name: "Alice" } });
  say(his, { at: { anchor: { tname: "x".repeat(3_000) }, head: {} } });
  say(his, { at: { anchor: { item: { client: -1, clock: 0 } }, head: {} } });
  his.send(
    message(name, TYPE.awareness, (encoder) => writeVarUint8Array(encoder, Uint8Array.of(1, 7, 1, 2, 123, 125))),
  );
  say(his, { at, person: alice });
  await hers.until(() => hers.said("carets").length > 0);
  expect(hers.said("carets").at(-1)).toMatchObject({ carets: [{ client: 7, person: mallory, at }] });
  say(his, {});
  await hers.until(() => (hers.said("carets").at(-1) as { carets: unknown[] }).carets.length === 0);
  expect(hers.all("other").filter(({ type }) => type === TYPE.awareness)).toEqual([]);
  expect(JSON.stringify(hers.said("carets"))).not.toContain(bob);
});

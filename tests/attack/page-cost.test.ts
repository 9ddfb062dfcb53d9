import { writeVarString, writeVarUint } from "lib0/encoding";
import { expect, test } from "vitest";
import { applyUpdate, encodeStateAsUpdate, encodeStateVector, Doc, XmlElement, XmlText } from "yjs";

import { PAGE_ROOT } from "#shared/pages/root.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";

import { erasure, forge, forged, type Place, type Struct } from "./support/forge.ts";
import { createPageArena, editor, type PageArena } from "./support/page-arena.ts";

const ALICE = editor(1);
const MALLORY = editor(2);

const element = (name: string, place: Place = { root: PAGE_ROOT }): Struct => ({
  content: 7,
  place,
  write: (encoder) => [writeVarUint(encoder, 3), writeVarString(encoder, name)],
});
const run = (place: Place): Struct => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 6) });
const letters = (place: Place, count: number): Struct => ({
  content: 4,
  place,
  write: (encoder) => writeVarString(encoder, "x".repeat(count)),
});
const letter = (place: Place): Struct => letters(place, 1);

/** A chain of letters, and as many that say of themselves that they stand between one of them and the last. */
const chain = (client: number, length: number): readonly Struct[] => [
  element("paragraph"),
  run({ parent: { client, clock: 0 } }),
  letter({ parent: { client, clock: 1 } }),
  ...Array.from({ length: length - 1 }, (_, index) => letter({ origin: { client, clock: index + 2 } })),
];
const between = (client: number, length: number): readonly Struct[] =>
  Array.from({ length }, (_, index) =>
    letter({ origin: { client, clock: index + 2 }, right: { client, clock: length + 1 } }),
  );

test("what says that it stands far from its neighbours costs too much, though they came in the same frame", () => {
  const frame = forge([
    { client: 7, clock: 0, structs: chain(7, 1_600) },
    { client: 8, clock: 0, structs: between(7, 1_600) },
  ]);
  expect(createPageArena().take(MALLORY, frame)).toBe("too-large");
  expect(createPageArena().take(MALLORY, forged(7, 0, ...chain(7, 1_600), ...between(7, 1_600)))).toBe("too-large");
});

test("or in a frame before it, in the same batch", () => {
  const arena = createPageArena();
  expect(arena.takeTogether(MALLORY, forged(7, 0, ...chain(7, 1_600)), forged(8, 0, ...between(7, 1_600)))).toEqual([
    "admitted",
    "too-large",
  ]);
});

test("what was refused costs nobody anything", () => {
  const arena = createPageArena();
  const hostile = forged(7, 0, ...chain(7, 1_600), ...between(7, 1_600));
  const honest = pageWriter().writes(paragraph("One"), paragraph("Two"));
  expect(arena.takeTogether(MALLORY, hostile, honest)).toEqual(["too-large", "admitted"]);
});

/** A page that was typed by many hands, in a run of as many pieces, and somebody's copy of it. */
function piecemeal(arena: PageArena, pieces: number): { copy: Doc; words: XmlText } {
  const copy = new Doc();
  const words = new XmlText();
  const block = new XmlElement("codeBlock");
  copy.transact(() => {
    copy.getXmlFragment(PAGE_ROOT).push([block]);
    block.push([words]);
    words.insert(0, "x".repeat(20));
  });
  for (let index = 0; index < pieces; index += 1) words.insert((index * 7) % words.length, "y");
  expect(arena.take(ALICE, encodeStateAsUpdate(copy), true)).toBe("admitted");
  return { copy, words };
}

/** What a device sends that was edited without a network. */
function apart(copy: Doc, edit: () => void): Uint8Array {
  const before = encodeStateVector(copy);
  edit();
  return encodeStateAsUpdate(copy, before);
}

test("whoever corrects one place after another without a network is taken, however often", () => {
  const arena = createPageArena();
  const { copy, words } = piecemeal(arena, 600);
  const update = apart(copy, () => {
    for (let index = 0; index < 900; index += 1) words.insert((index * 131) % words.length, "z");
  });
  expect(arena.take(ALICE, update, true)).toBe("admitted");
});

test("also letters of one long word, and blocks put above each other", () => {
  const arena = createPageArena();
  const { copy, words } = piecemeal(arena, 0);
  expect(
    arena.take(
      ALICE,
      apart(copy, () => words.insert(3, "w".repeat(2_000))),
      true,
    ),
  ).toBe("admitted");
  const update = apart(copy, () => {
    for (let index = 0; index < 800; index += 1) {
      words.insert((index * 131) % 1_900, "z");
      copy.getXmlFragment(PAGE_ROOT).insert(0, [new XmlElement("paragraph")]);
    }
  });
  expect(arena.take(ALICE, update, true)).toBe("admitted");
});

test("and two who did so apart", () => {
  const arena = createPageArena();
  const { copy, words } = piecemeal(arena, 300);
  const other = new Doc();
  applyUpdate(other, encodeStateAsUpdate(copy));
  const others = (other.getXmlFragment(PAGE_ROOT).get(0) as XmlElement).get(0) as XmlText;
  for (const [doc, text, who] of [
    [copy, words, ALICE],
    [other, others, editor(3)],
  ] as const) {
    const update = apart(doc, () => {
      for (let index = 0; index < 300; index += 1) text.insert((index * 131) % text.length, "z");
    });
    expect(arena.take(who, update, true)).toBe("admitted");
  }
});

/** A text in one piece, with as many structs of the same clientID behind it. */
const longText = (length: number, behind: number): readonly Struct[] => [
  element("codeBlock"),
  run({ parent: { client: 7, clock: 0 } }),
  letters({ parent: { client: 7, clock: 1 } }, length),
  ...Array.from({ length: behind }, (_, index) =>
    element("paragraph", { origin: { client: 7, clock: index === 0 ? 0 : length + 1 + index } }),
  ),
];
const everyOther = (from: number, count: number): Uint8Array =>
  erasure(7, ...Array.from({ length: count }, (_, index) => [from + 2 * index, 1] as const));

test("letters that are taken out here and there cost what it takes to cut a text between them", () => {
  const arena = createPageArena();
  expect(arena.take(MALLORY, forged(7, 0, ...longText(60_000, 7_000)))).toBe("admitted");
  expect(arena.take(MALLORY, everyOther(3, 8_000))).toBe("too-large");
  expect(arena.take(MALLORY, everyOther(3, 1_000))).toBe("admitted");
  expect(arena.counted.at(-1)).toBeGreaterThan(50);
});

test("also in the frame that brings the text, and in those of one batch", () => {
  const text = longText(60_000, 7_000);
  expect(createPageArena().takeTogether(MALLORY, forged(7, 0, ...text), everyOther(3, 8_000))).toEqual([
    "admitted",
    "too-large",
  ]);
  const ranges = Array.from({ length: 8_000 }, (_, index) => [3 + 2 * index, 1] as const);
  const frame = forge([{ client: 7, clock: 0, structs: text }], [{ client: 7, ranges }]);
  expect(createPageArena().take(MALLORY, frame)).toBe("too-large");
});

test("whoever empties a page of many pieces is taken, at what as many structs count", () => {
  const arena = createPageArena();
  const { copy } = piecemeal(arena, 3_000);
  const update = apart(copy, () => copy.getXmlFragment(PAGE_ROOT).delete(0, 1));
  expect(arena.take(ALICE, update, true)).toBe("admitted");
  expect(arena.counted.at(-1)).toBe(1);
  expect(arena.body().content).toEqual([]);
});

test("what a frame takes out again that its batch has taken out already is known", () => {
  const arena = createPageArena();
  expect(arena.take(ALICE, forged(7, 0, ...longText(1_000, 0)))).toBe("admitted");
  const frames = Array.from({ length: 200 }, (_, index) => erasure(7, [3, 2 + index]));
  expect(arena.takeTogether(ALICE, ...frames).every((verdict) => verdict === "admitted")).toBe(true);
  expect(arena.takeTogether(ALICE, ...frames).every((verdict) => verdict === "known")).toBe(true);
});

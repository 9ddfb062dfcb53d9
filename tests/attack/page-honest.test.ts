import { expect, test } from "vitest";
import { applyUpdate } from "yjs";

import { readBody, type PageNode } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { nextFrame, ROOM, smaller } from "#client/sync/pages/next-frame.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";

import { createPageArena, editor, type PageArena } from "./support/page-arena.ts";

const ALICE = editor(1);

/** Brings what somebody has written to the server, as their device does. Answers how many frames it took. */
function sends(arena: PageArena, who: typeof ALICE, ...updates: readonly Uint8Array[]): number {
  let [room, frames]: [typeof ROOM | undefined, number] = [ROOM, 0];
  for (
    let frame = nextFrame(updates, arena.doc, room);
    frame !== undefined;
    frame = nextFrame(updates, arena.doc, room)
  ) {
    const verdict = arena.take(who, frame);
    if (verdict === "too-large") room = smaller(room);
    else expect(verdict).toBe("admitted");
    if (room === undefined) throw new Error("nothing is small enough");
    frames += 1;
  }
  return frames;
}

const bodyOf = ({ doc }: ReturnType<typeof pageWriter>) => readBody(doc.getXmlFragment(PAGE_ROOT));

const dressed = (count: number, words: string): readonly PageNode[] =>
  Array.from({ length: count }, (_, index) => ({
    type: "paragraph" as const,
    content: [
      { type: "text" as const, text: `${words} ${index} `, marks: [{ type: "bold" }] },
      {
        type: "text" as const,
        text: `and ${words}`,
        marks: [{ type: "link", attrs: { href: "https://example.org/" } }],
      },
    ],
  }));

test("two thousand paragraphs with marks are pasted at once, and taken in pieces", () => {
  const arena = createPageArena();
  const writer = pageWriter();
  const update = writer.writes(...dressed(2_000, "What everybody should know"));
  expect(sends(arena, ALICE, update)).toBeGreaterThan(1);
  expect(arena.body().content).toHaveLength(2_000);
  expect(arena.body()).toEqual(bodyOf(writer));
});

test("a version that fills the page is gone back to, in place of another one that does", () => {
  const arena = createPageArena();
  const writer = pageWriter();
  const long = (words: string) => dressed(700, words.repeat(8));
  sends(arena, ALICE, writer.writes(...long("What was first. ")));
  sends(arena, ALICE, writer.writes(...long("What came then. ")));
  sends(arena, ALICE, writer.writes(...long("What was first. ")));
  expect(arena.body()).toEqual(bodyOf(writer));
});

test("one word of any length is cut between its signs", () => {
  const arena = createPageArena();
  const writer = pageWriter();
  expect(sends(arena, ALICE, writer.writes(paragraph(`x${"\u{1f33b}".repeat(100_000)}`)))).toBeGreaterThan(1);
  expect(arena.body()).toEqual(bodyOf(writer));
});

test("what two sessions wrote into each other's words is brought in the order in which it depends", () => {
  const arena = createPageArena();
  const [first, second] = [pageWriter(), pageWriter()];
  const updates: Uint8Array[] = [];
  for (let index = 0; index < 5; index += 1)
    for (const [one, other] of [
      [first, second],
      [second, first],
    ] as const) {
      const update = one.writes(...dressed(150 * index + 100, `Round ${index}`));
      applyUpdate(other.doc, update);
      updates.push(update);
    }
  sends(arena, ALICE, ...updates);
  expect(arena.body()).toEqual(bodyOf(first));
});

test("what takes the place of something else has its room, in one frame too", () => {
  const arena = createPageArena();
  const writer = pageWriter();
  expect(arena.take(ALICE, writer.writes(paragraph("x".repeat(200_000))))).toBe("admitted");
  expect(arena.take(ALICE, writer.writes(paragraph("y".repeat(200_000))))).toBe("admitted");
  expect(arena.take(ALICE, writer.writes(paragraph("y".repeat(200_000)), paragraph("z".repeat(200_000))))).toBe(
    "too-large",
  );
});

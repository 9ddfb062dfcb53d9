import fc from "fast-check";
import { expect, test } from "vitest";
import { applyUpdate, Doc } from "yjs";

import { readBody, type PageNode } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { pageWriter } from "#tests/support/page-writer.ts";

import { createPageArena, editor } from "./support/page-arena.ts";

const words = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant("text" as const),
      text: fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).map((text) => text.replaceAll("\0", "0")),
      marks: fc.subarray([
        { type: "bold" },
        { type: "italic" },
        { type: "strike" },
        { type: "link", attrs: { href: "https://example.org/a?b=c" } },
      ]),
    }),
    fc.constant({ type: "hardBreak" as const }),
    fc.constant({ type: "mention" as const, attrs: { id: editor(1), label: "Bob" } }),
  ),
  { maxLength: 4 },
);

const { block } = fc.letrec<{ block: PageNode; inner: PageNode; paragraph: PageNode }>((tie) => ({
  paragraph: words.map((content) => ({ type: "paragraph", content })),
  inner: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("paragraph"),
    fc.record({
      type: fc.constant("heading"),
      attrs: fc.record({ level: fc.integer({ min: 1, max: 3 }) }),
      content: words,
    }),
    fc
      .tuple(
        fc.constantFrom("bulletList", "orderedList"),
        fc.array(fc.tuple(tie("paragraph"), fc.array(tie("inner"), { maxLength: 2 })), { minLength: 1, maxLength: 3 }),
      )
      .map(([type, items]) => ({
        type,
        content: items.map(([first, rest]) => ({ type: "listItem", content: [first, ...rest] })),
      })),
    fc.array(fc.tuple(fc.boolean(), tie("paragraph")), { minLength: 1, maxLength: 3 }).map((items) => ({
      type: "taskList",
      content: items.map(([checked, first]) => ({ type: "taskItem", attrs: { checked }, content: [first] })),
    })),
    fc.array(tie("inner"), { minLength: 1, maxLength: 2 }).map((content) => ({ type: "blockquote", content })),
    fc.constant({ type: "codeBlock", attrs: { language: "c++" }, content: [{ type: "text", text: "int x;\n" }] }),
    fc.constant({ type: "horizontalRule" }),
    fc.constant({ type: "image", attrs: { src: "https://example.org/a.png", alt: "A picture" } }),
  ) as fc.Arbitrary<PageNode>,
  block: fc.oneof(
    tie("inner"),
    fc
      .array(fc.array(tie("paragraph"), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 })
      .map((rows) => ({
        type: "table",
        content: rows.map((cells, index) => ({
          type: "tableRow",
          content: cells.map((cell) => ({ type: index === 0 ? "tableHeader" : "tableCell", content: [cell] })),
        })),
      })) as fc.Arbitrary<PageNode>,
  ),
}));

const page = fc.array(block, { minLength: 1, maxLength: 5 });

/** Somebody edits, or somebody's device and the server bring each other up to date. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ who: fc.integer({ min: 0, max: 2 }), says: page, isOnline: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ who: fc.integer({ min: 0, max: 2 }) }) },
);

test(
  "whatever honest editors do, together or apart, is taken, and all of them see the same",
  { timeout: 30_000 },
  () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const arena = createPageArena();
        const plain = new Doc();
        const writers = [pageWriter(), pageWriter(), pageWriter()];
        const hand = (who: number, update: Uint8Array, step2 = false): void => {
          expect(["admitted", "known"]).toContain(arena.take(editor(who), update, step2));
          applyUpdate(plain, update);
        };
        const meet = (who: number): void => {
          const writer = writers[who] as (typeof writers)[number];
          hand(who, writer.holds(arena.doc), true);
          writer.hears(pageWriter(arena.doc).holds(writer.doc));
        };

        const behind = new Set<number>();
        for (const { who, ...edit } of steps) {
          if (!("says" in edit)) {
            meet(who);
            behind.delete(who);
            continue;
          }
          const update = (writers[who] as (typeof writers)[number]).writes(...edit.says);
          if (edit.isOnline && !behind.has(who)) hand(who, update);
          else behind.add(who);
        }
        [0, 1, 2, 0, 1, 2].forEach(meet);

        const bodies = [arena.doc, plain, ...writers.map(({ doc }) => doc)].map((doc) =>
          readBody(doc.getXmlFragment(PAGE_ROOT)),
        );
        for (const body of bodies) expect(body).toEqual(bodies[0]);
      }),
      { numRuns: 60 },
    );
  },
);

/** What chance makes of honest bytes: bytes are changed, left out, doubled, or put into another's. */
const damage = fc.array(
  fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }), how: fc.constantFrom("set", "cut", "add") }),
  { minLength: 1, maxLength: 4 },
);

function damaged(bytes: Uint8Array, damages: readonly { at: number; value: number; how: string }[]): Uint8Array {
  let result = [...bytes];
  for (const { at, value, how } of damages) {
    const place = at % Math.max(1, result.length);
    if (how === "set") result[place] = value;
    else result = result.toSpliced(place, how === "cut" ? 1 : 0, ...(how === "add" ? [value] : []));
  }
  return Uint8Array.from(result);
}

test("damaged and foreign bytes never make a page what no page can be", { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(page, damage, fc.boolean()), { minLength: 1, maxLength: 6 }), (edits) => {
      const arena = createPageArena();
      for (const [says, damages, step2] of edits) {
        const writer = pageWriter();
        writer.hears(pageWriter(arena.doc).holds());
        const update = writer.writes(...says);
        // Whatever becomes of it: the arena looks at the whole page after each frame that was taken.
        arena.take(editor(1), damaged(update, damages), step2);
        arena.take(editor(2), update, step2);
      }
    }),
    { numRuns: 100 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex,
  Doc,
  relativePositionToJSON,
  XmlElement,
  XmlText,
} from "yjs";

import { caretPlace, caretRange } from "./caret.ts";
import { PAGE_ROOT } from "./root.ts";

function written(): { doc: Doc; words: XmlText } {
  const doc = new Doc();
  doc.clientID = 7;
  const words = new XmlText("Be kind");
  const block = new XmlElement("paragraph");
  block.push([words]);
  doc.getXmlFragment(PAGE_ROOT).push([block, new XmlElement("paragraph")]);
  doc.getXmlFragment(PAGE_ROOT).delete(1);
  return { doc, words };
}

test.for([
  {},
  { assoc: 0 },
  { item: { client: 7, clock: 1 } },
  { tname: "other" },
  { tname: PAGE_ROOT, type: { client: 7, clock: 0 } },
  { tname: PAGE_ROOT, item: { client: -1, clock: 0 } },
  { tname: PAGE_ROOT, more: true },
])("%j is no place", (place) => {
  expect(caretPlace.safeParse(place).success).toBe(false);
  expect(caretRange.safeParse({ anchor: { tname: PAGE_ROOT }, head: place }).success).toBe(false);
});

test("what an editor says of its caret is one, in words, between blocks and where nothing stands yet", () => {
  const { doc, words } = written();
  for (const type of [words, doc.getXmlFragment(PAGE_ROOT), new Doc().getXmlFragment(PAGE_ROOT)])
    for (const index of [0, type.length]) {
      const place = relativePositionToJSON(createRelativePositionFromTypeIndex(type, index)) as unknown;
      expect(caretPlace.safeParse(JSON.parse(JSON.stringify(place))).success).toBe(true);
    }
});

test("no place makes a reader stumble, whatever it names", () => {
  const { doc } = written();
  const id = fc.record({ client: fc.constantFrom(0, 7, 8), clock: fc.nat(14) });
  const place = fc.record(
    { type: id, tname: fc.constant(PAGE_ROOT), item: id, assoc: fc.constantFrom(0, -1) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(place, (said) => {
      const parsed = caretPlace.safeParse(said);
      if (parsed.success) createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(parsed.data), doc);
    }),
  );
});

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyUpdate, diffUpdate, Doc, encodeStateAsUpdate, encodeStateVector, Map as YMap, XmlElement } from "yjs";

import { json } from "#tests/support/json.ts";

import { readUpdate, UNBOUNDED } from "./read-update.ts";
import type { Update } from "./update.ts";
import { writeUpdate } from "./write-update.ts";

const ROOT = "log/0190c2a0-0000-7000-8000-000000000001";

function valid(bytes: Uint8Array): Update {
  const update = readUpdate(bytes, UNBOUNDED);
  if (!update.ok) throw new Error(update.problem.why);
  return update.value;
}
const problemOf = (bytes: Uint8Array): string | undefined => {
  const update = readUpdate(bytes);
  return update.ok ? undefined : update.problem.kind;
};
const updateOf = (change: (doc: Doc) => void): Uint8Array => {
  const doc = new Doc();
  change(doc);
  return encodeStateAsUpdate(doc);
};
const log = (doc: Doc) => doc.getArray<unknown>(ROOT);

/** Pushes and deletions by several devices that hear of each other now and then. */
const histories = fc.array(
  fc.record({
    device: fc.nat(2),
    values: fc.array(json, { minLength: 1, maxLength: 3 }),
    deletes: fc.boolean(),
    hears: fc.boolean(),
  }),
  { maxLength: 20 },
);

function documentOf(steps: Iterable<{ device: number; values: unknown[]; deletes: boolean; hears: boolean }>): Doc {
  const devices = [new Doc(), new Doc(), new Doc()];
  for (const { device, values, deletes, hears } of steps) {
    const doc = devices[device] as Doc;
    if (hears) devices.forEach((other) => applyUpdate(doc, encodeStateAsUpdate(other)));
    if (deletes && log(doc).length > 0) log(doc).delete(0, 1);
    else log(doc).push(values);
  }
  const all = new Doc();
  devices.forEach((doc) => applyUpdate(all, encodeStateAsUpdate(doc)));
  return all;
}

describe("honest updates", () => {
  test("what Yjs writes is read, and written again it makes the same document", () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const doc = documentOf(steps);
        const copy = new Doc();
        applyUpdate(copy, writeUpdate(valid(encodeStateAsUpdate(doc))));
        expect(log(copy).toArray()).toEqual(log(doc).toArray());
        expect(encodeStateVector(copy)).toEqual(encodeStateVector(doc));
        expect(encodeStateAsUpdate(copy)).toEqual(encodeStateAsUpdate(doc));
      }),
    );
  });

  test("what Yjs cuts off at a state vector is read too", () => {
    fc.assert(
      fc.property(histories, histories, (before, after) => {
        const doc = documentOf(before);
        const known = encodeStateVector(doc);
        applyUpdate(doc, encodeStateAsUpdate(documentOf(after)));
        expect(readUpdate(diffUpdate(encodeStateAsUpdate(doc), known), UNBOUNDED).ok).toBe(true);
      }),
    );
  });
});

describe("what has no place in a log", () => {
  test.each<[string, (doc: Doc) => void]>([
    ["a map", (doc) => doc.getMap("m").set("a", 1)],
    ["a nested map", (doc) => log(doc).push([new YMap()])],
    ["text", (doc) => doc.getText("t").insert(0, "hello")],
    ["formatted text", (doc) => doc.getText("t").insert(0, "hello", { bold: true })],
    ["an embed", (doc) => doc.getText("t").insertEmbed(0, { image: "x" })],
    ["xml", (doc) => doc.getXmlFragment("x").insert(0, [new XmlElement("p")])],
    ["a subdocument", (doc) => log(doc).push([new Doc()])],
    ["bytes", (doc) => log(doc).push([new Uint8Array(3)])],
    ["a BigInt", (doc) => log(doc).push([{ at: 1n }])],
    ["undefined", (doc) => log(doc).push([{ at: undefined }])],
    ["an infinite number", (doc) => log(doc).push([{ at: Infinity }])],
    ["five levels", (doc) => log(doc).push([{ a: { b: { c: { d: { e: 1 } } } } }])],
    ["an insertion before something", (doc) => [log(doc).push([1]), log(doc).insert(0, [0])]],
  ])("%s", (_what, change) => {
    expect(problemOf(updateOf(change))).toBe("malformed");
  });

  test("a frame of too many structs, or of too many bytes, is too large", () => {
    const many = updateOf((doc) => {
      for (let index = 0; index < 2_001; index += 1) {
        const device = new Doc();
        log(device).push([1]);
        applyUpdate(doc, encodeStateAsUpdate(device));
      }
    });
    expect(problemOf(many)).toBe("too-large");
    expect(problemOf(updateOf((doc) => log(doc).push(["x".repeat(65_536)])))).toBe("too-large");
  });
});

describe("bytes that mean harm", () => {
  test("a count that nothing follows is refused before anything is made", () => {
    expect(problemOf(Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 0))).toBe("malformed");
    expect(problemOf(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01))).toBe(
      "malformed",
    );
  });

  test("delete ranges that overlap, or name a clientID twice, are refused", () => {
    expect(problemOf(Uint8Array.of(0, 1, 5, 2, 0, 3, 1, 1))).toBe("malformed");
    expect(problemOf(Uint8Array.of(0, 2, 5, 1, 0, 1, 5, 1, 3, 1))).toBe("malformed");
    expect(problemOf(Uint8Array.of(0, 1, 5, 1, 0, 0))).toBe("malformed");
  });

  test("no bytes at all make it throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readUpdate(bytes)),
      { numRuns: 5_000 },
    );
  });

  test("an honest frame with bytes changed is read as something, or refused, and never throws", () => {
    const honest = updateOf((doc) =>
      log(doc).push([{ id: "01", at: 1_700_000_000_000, kind: "message", body: "héllo" }, [1, -2, 3.5, null, true]]),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = Uint8Array.from(honest);
          changes.forEach(([at, byte]) => (bytes[at] = byte));
          const update = readUpdate(bytes);
          if (update.ok)
            applyUpdate(
              new Doc(),
              writeUpdate({ ...update.value, items: update.value.items.filter(({ length }) => length < 100) }),
            );
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

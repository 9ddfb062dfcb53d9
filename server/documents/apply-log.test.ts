import * as fc from "fast-check";
import { expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import { json } from "#tests/support/json.ts";

import { applyLog } from "./apply-log.ts";

test("it reads what Yjs itself reads", () => {
  const words = fc.constantFrom("kind", "body", "dnik", "wörter", "文字", "x".repeat(12), "ö".repeat(300));
  const entry = fc.oneof(json, fc.dictionary(words, fc.oneof(words, json), { noNullPrototype: true }));

  fc.assert(
    fc.property(fc.array(entry, { minLength: 1 }), fc.array(fc.nat(9)), (entries, gone) => {
      const device = new Doc();
      const log = device.getArray("log/alice");
      entries.forEach((value) => log.push([value]));
      gone.forEach((index) => index < log.length && log.delete(index));

      const [ours, theirs] = [new Doc(), new Doc()];
      applyLog(ours, encodeStateAsUpdate(device), "test");
      applyUpdate(theirs, encodeStateAsUpdate(device), "test");
      expect(ours.getArray("log/alice").toJSON()).toEqual(theirs.getArray("log/alice").toJSON());
      expect(encodeStateAsUpdate(ours)).toEqual(encodeStateAsUpdate(theirs));
    }),
  );
});

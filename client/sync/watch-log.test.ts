import * as fc from "fast-check";
import { ulid } from "ulid";
import { expect, test } from "vitest";
import { applyUpdate, Doc } from "yjs";

import { logName } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";

import { watchLogs } from "./watch-log.ts";

const T = 1_700_000_000_000;
const authors = ["a", "b", "c"].map((end) => `0190c2a0-0000-7000-8000-00000000000${end}` as MemberId);

const say = (at: number): Entry => ({ id: ulid(at) as EntryId, at, kind: "message", body: `at ${at}` });

const steps = fc.array(
  fc.record({
    author: fc.constantFrom(...authors),
    what: fc.constantFrom("say", "say two", "delete", "unreadable"),
    place: fc.nat(20),
    /** Whether what happened so far reaches the reader before the next step. */
    arrives: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

function take(doc: Doc, { author, what, place }: { author: MemberId; what: string; place: number }, at: number): void {
  const log = doc.getArray<unknown>(logName(author));
  if (what === "say") log.push([say(at)]);
  if (what === "say two") log.insert(place % (log.length + 1), [say(at), say(at + 1)]);
  if (what === "unreadable") log.insert(place % (log.length + 1), [{ id: "?", kind: "of tomorrow" }]);
  if (what === "delete" && log.length > 0) log.delete(place % log.length);
}

test("reading change by change shows what reading everything at once shows", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const server = new Doc();
      const replica = new Doc();
      const late: Uint8Array[] = [];
      server.on("update", (update) => late.push(update));
      const step = createFold();
      const stop = watchLogs(replica, 1, { ...step, settled: () => undefined });

      history.forEach((one, index) => {
        take(server, one, T + index * 10);
        if (one.arrives) replica.transact(() => late.splice(0).forEach((update) => applyUpdate(replica, update)));
      });
      late.splice(0).forEach((update) => applyUpdate(replica, update));

      const whole = createFold();
      watchLogs(server, 1, { ...whole, settled: () => undefined });
      expect(step.rows()).toEqual(whole.rows());
      stop();
      expect(step.rows()).toEqual([]);
    }),
  );
});

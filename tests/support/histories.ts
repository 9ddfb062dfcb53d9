import fc from "fast-check";
import { v7 as uuid } from "uuid";

import type { Ref } from "#shared/entries/kind.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { MemberId } from "#shared/ids.ts";

import { idAt, START } from "./channel-of-two.ts";

export const alice = uuid() as MemberId;
export const bob = uuid() as MemberId;

/** The n-th thing that happens: about an earlier message, or one of its own. */
export const act = fc.record({
  what: fc.constantFrom(
    "message",
    "message",
    "edit",
    "retract",
    "reaction",
    "hide",
    "restore",
    "retract-edit",
    "retract-reaction",
  ),
  author: fc.constantFrom(alice, bob),
  target: fc.nat(20),
  segment: fc.constantFrom(1, 2),
  text: fc.constantFrom("hello", "sound card", "日本語", ":-)"),
  /** How long before or after the beginning it was written; what is sent late was written before what stands there. */
  written: fc.constantFrom(0, 0, -300_000, 600_000, 3_600_000, -90_000_000, 86_400_000),
  after: fc.constantFrom(
    "nothing",
    "nothing",
    "project-1",
    "project-2",
    "project-both-at-once",
    "compact",
    "erase",
    "redeliver",
  ),
});
export type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** What somebody has written. */
export interface Written {
  readonly author: MemberId;
  readonly entry: Entry;
}

const RETRACTED = { retract: "message", "retract-edit": "edit", "retract-reaction": "reaction" } as const;

/** The entry that an act is, given those before it. Undefined when there is nothing that it could be about. */
export function entryOf(
  { what, author, target, text, written }: Act,
  n: number,
  before: readonly Written[],
): Entry | undefined {
  const base = { id: idAt(n), at: START + n + written };
  const retracts = what in RETRACTED ? RETRACTED[what as keyof typeof RETRACTED] : undefined;
  const own = what === "edit" || retracts !== undefined;
  const possible = before.filter(
    (other) => other.entry.kind === (retracts ?? "message") && (!own || other.author === author),
  );
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
  if (retracts !== undefined) return { ...base, kind: "retract", of, what: retracts };
  if (what === "edit") return { ...base, kind: "edit", of, body: `${text} edited ${n}` };
  if (what === "reaction")
    return { ...base, kind: "reaction", of, key: target % 2 === 0 ? "+1" : "tada", on: target % 5 !== 0 };
  return what === "hide" ? { ...base, kind: "hide", of, reason: text } : { ...base, kind: "restore", of };
}

import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import type { MemberId } from "#shared/ids.ts";

import type { Happened } from "./desk-history.ts";

/** What came of one case: when it was reported and settled, and whether it waits. */
export interface Told {
  readonly reported: readonly number[];
  readonly settled: readonly { readonly at: number; readonly wait: number }[];
  readonly open: boolean;
}

interface Standing {
  readonly received: number;
  /** Since when it waits, unless it was answered. */
  readonly since: number | undefined;
  readonly wasAnswered: boolean;
}

/** Tells a case as it happened, one thing after the other. Each report stands with whoever made it until it is answered. */
export function tellCase(happened: readonly Happened[]): Told {
  const standing = new Map<MemberId, Standing>();
  const words = new Map<MemberId, string>();
  const reported: number[] = [];
  const settled: Told["settled"][number][] = [];
  const change = (to: (one: Standing) => Standing) =>
    standing.forEach((one, reporter) => standing.set(reporter, to(one)));

  function hear(reporter: MemberId, report: EntryOf<"report">, received: number): void {
    if (rank(report) < (words.get(reporter) ?? "")) return;
    words.set(reporter, rank(report));
    const before = standing.get(reporter);
    if (before?.wasAnswered === true) reported.push(before.received);
    standing.delete(reporter);
    if (report.open) standing.set(reporter, { received, since: received, wasAnswered: false });
  }

  function decide(until: number, at: number): void {
    const waiting = [...standing.values()].flatMap(({ received, since }) => (received <= until ? (since ?? []) : []));
    if (waiting.length > 0) settled.push({ at, wait: at - Math.min(...waiting) });
    change((one) =>
      one.received <= until
        ? { ...one, since: undefined, wasAnswered: true }
        : { ...one, since: one.received, wasAnswered: one.wasAnswered },
    );
  }

  for (const { author, entry, received } of happened.toSorted(inOrder)) {
    if (entry.kind === "report") hear(author, entry, received);
    else if (isLate(entry, received, happened)) continue;
    else if (reopens(entry)) change((one) => ({ ...one, since: one.since ?? received }));
    else decide(entry.kind === "decision" ? Math.min(entry.until, received) : received, received);
  }
  const last = [...standing.values()];
  return {
    reported: [...reported, ...last.map(({ received }) => received)],
    settled,
    open: last.some(({ since }) => since !== undefined),
  };
}

const rank = ({ at, id }: Entry): string => `${String(at).padStart(15, "0")} ${id}`;

const reopens = (entry: Entry): boolean =>
  entry.kind === "restore" || (entry.kind === "decision" && entry.outcome === "reopened");

/** Others had decided since when it arrived. */
const isLate = ({ at }: Entry, received: number, happened: readonly Happened[]): boolean =>
  happened.some((other) => other.entry.kind !== "report" && other.received < received && other.entry.at > at);

/** What is reported and decided in one millisecond is taken for reported first. */
const inOrder = (a: Happened, b: Happened): number =>
  a.received - b.received ||
  Number(a.entry.kind !== "report") - Number(b.entry.kind !== "report") ||
  (a.entry.kind === "report" ? 0 : a.entry.at - b.entry.at) ||
  (a.entry.id < b.entry.id ? -1 : 1);

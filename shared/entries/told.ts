import type { MemberId } from "../ids.ts";
import type { PlacedEntry } from "./fold.ts";
import type { EntryOf } from "./kinds.ts";
import { caseOf } from "./kinds/report.ts";

/** What the server tells a person about themselves, the newest first, and what they answer. */
export interface Told {
  readonly notices: readonly (EntryOf<"measure"> | EntryOf<"verdict">)[];
  readonly reports: ReadonlyMap<string, EntryOf<"report">>;
  readonly appeals: ReadonlyMap<string, EntryOf<"appeal">>;
}

/** Reads a home; of what is said twice about one thing the last word. */
export function foldTold(entries: readonly PlacedEntry[], me: MemberId): Told {
  const sorted = entries.toSorted((a, b) => a.entry.at - b.entry.at || (a.entry.id < b.entry.id ? -1 : 1));
  const notices = new Map<string, EntryOf<"measure"> | EntryOf<"verdict">>();
  const reports = new Map<string, EntryOf<"report">>();
  const appeals = new Map<string, EntryOf<"appeal">>();

  for (const { author, entry } of sorted) {
    if (author === "sys" && entry.kind === "measure") notices.set(entry.key, entry);
    if (author === "sys" && entry.kind === "verdict") notices.set(`verdict ${entry.case}`, entry);
    if (author === me && entry.kind === "report") reports.set(caseOf(entry.target), entry);
    if (author === me && entry.kind === "appeal") appeals.set(entry.against, entry);
  }
  return { notices: [...notices.values()].toSorted((a, b) => b.at - a.at), reports, appeals };
}

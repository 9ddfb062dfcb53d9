import type { Author } from "../documents/names.ts";
import type { EntryId, MemberId } from "../ids.ts";
import { isLater, type PlacedEntry } from "./fold.ts";
import { kindOf, type Entry, type EntryOf } from "./kinds.ts";

/** A case as it lies on a desk: what the server knows, who looks after it, and what moderators say and decide. */
export interface DeskCase extends Pick<EntryOf<"docket">, "case" | "about" | "reports" | "grounds" | "first" | "last"> {
  readonly open: boolean;
  readonly outcome?: "dismissed" | "hidden" | "acted" | undefined;
  /** It does not lie on the desk, since whom it concerns works there too: decided over HTTP, and nobody claims it. */
  readonly apart?: true;
  /** Who looks after it; whoever said so first comes first. */
  readonly holders: readonly { readonly by: MemberId; readonly at: number }[];
  /** In the order of writing. */
  readonly remarks: readonly {
    readonly by: MemberId;
    readonly id: EntryId;
    readonly at: number;
    readonly body: string;
  }[];
}

type Of<Name extends Entry["kind"]> = Omit<PlacedEntry, "entry"> & { readonly entry: EntryOf<Name> };

/**
 * What moderators see of their desk. Pure in the set of entries: two who were apart see the same once they have met. What
 * somebody has decided holds until the server's word about the case, which takes it into account, is newer.
 */
export function foldDesk(entries: readonly PlacedEntry[]): readonly DeskCase[] {
  const all = distinct(entries);
  const dockets = standing(all, "docket");
  const claims = Map.groupBy(
    standing(all, "claim").filter(({ entry }) => entry.on),
    caseKeyOf,
  );
  const remarks = Map.groupBy(ofKind(all, "remark"), caseKeyOf);
  const decisions = Map.groupBy(ofKind(all, "decision"), caseKeyOf);

  return dockets
    .map(({ entry }) => ({
      ...factsOf(entry),
      ...stateOf(entry, decisions.get(entry.case)?.at(-1)?.entry),
      holders: (claims.get(entry.case) ?? []).map(({ author, entry: { at } }) => ({ by: author as MemberId, at })),
      remarks: (remarks.get(entry.case) ?? []).map(({ author, entry: { id, at, body } }) => ({
        by: author as MemberId,
        id,
        at,
        body,
      })),
    }))
    .toSorted((a, b) => b.last - a.last || (a.case < b.case ? -1 : 1));
}

const caseKeyOf = ({ entry }: { readonly entry: { readonly case: string } }): string => entry.case;

const factsOf = ({ case: key, about, reports, grounds, first, last }: EntryOf<"docket">) => ({
  case: key,
  about,
  reports,
  grounds,
  first,
  last,
});

function stateOf(
  docket: EntryOf<"docket">,
  decision: EntryOf<"decision"> | undefined,
): Pick<DeskCase, "open" | "outcome"> {
  const { open, outcome } = docket;
  if (decision === undefined || decision.at <= docket.at) return { open, outcome };
  if (decision.outcome === "reopened") return { open: docket.reports > 0 };
  return decision.until >= docket.last ? { open: false, outcome: decision.outcome } : { open, outcome };
}

/** Copies say nothing more; in the order of writing, which is total. */
function distinct(entries: readonly PlacedEntry[]): readonly PlacedEntry[] {
  const byName = new Map(entries.map((placed) => [`${placed.author} ${placed.entry.id}`, placed]));
  return [...byName.values()].toSorted(
    (a, b) => a.entry.at - b.entry.at || byText(a.author, b.author) || byText(a.entry.id, b.entry.id),
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A kind counts only from whoever writes it: nobody speaks for the server, and the server for no moderator. */
const ofKind = <Name extends Entry["kind"]>(entries: readonly PlacedEntry[], kind: Name): readonly Of<Name>[] =>
  entries.filter(
    (placed): placed is PlacedEntry & Of<Name> =>
      placed.entry.kind === kind && (placed.author === "sys") === (kindOf(placed.entry).by === "server"),
  );

/** Of the states of one author and key the latest. */
function standing<Name extends Entry["kind"]>(entries: readonly PlacedEntry[], kind: Name): readonly Of<Name>[] {
  const latest = new Map<string, Of<Name>>();
  for (const placed of ofKind(entries, kind)) {
    const key = stateName(placed);
    const known = latest.get(key);
    if (known === undefined || isLater(placed, known)) latest.set(key, placed);
  }
  return [...latest.values()].toSorted(
    (a, b) => a.entry.at - b.entry.at || byText(a.author, b.author) || byText(a.entry.id, b.entry.id),
  );
}

const stateName = ({ author, entry }: { readonly author: Author; readonly entry: Entry }): string =>
  `${author} ${kindOf(entry).state?.(entry)}`;

import type { Row } from "#shared/entries/row.ts";
import { createDays } from "#client/ui/times.ts";

/** What stands in a timeline beside the rows themselves. */
export type Line =
  | { readonly kind: "edge"; readonly key: "edge" }
  | { readonly kind: "date"; readonly key: string; readonly at: number }
  | { readonly kind: "new"; readonly key: "new"; readonly count: number; readonly since: number }
  | {
      readonly kind: "row";
      readonly key: string;
      readonly row: Row;
      /** Begins a run: seat and name are shown. */
      readonly starts: boolean;
      /** Its number among the rows. */
      readonly index: number;
    };

/** Rows of one author closer than this are one run. */
const RUN = 5 * 60_000;

/** Where the unread begin: after this position, said by somebody else. */
export interface Unread {
  readonly after: number;
  readonly me: string;
  /** When one came to look: what is said from then on is said before one's eyes. */
  readonly until: number;
}

/** The lines of a timeline: dates between days, one "new" line before the first unread row, runs of one author. */
export function linesOf(rows: readonly Row[], unread?: Unread): readonly Line[] {
  const lines: Line[] = [{ kind: "edge", key: "edge" }];
  const firstNew = unread === undefined ? -1 : firstWaiting(rows, unread);

  const dayOf = createDays();
  let lastDay: number | undefined;

  rows.forEach((row, index) => {
    const before = rows[index - 1];
    const day = dayOf(row.position);
    const newDay = day !== lastDay;
    lastDay = day;

    if (newDay) lines.push({ kind: "date", key: `date ${day}`, at: row.position });
    if (index === firstNew && unread !== undefined) {
      const count = rows.slice(index).filter((other) => isNew(other, unread)).length;
      lines.push({ kind: "new", key: "new", count, since: unread.after });
    }
    const starts = newDay || index === firstNew || before === undefined || !continues(row, before);
    lines.push({ kind: "row", key: row.key, row, starts, index });
  });

  return lines;
}

/** The row that the "new" line stands before. None where nothing waited, however much has been said since. */
export function firstWaiting(rows: readonly Row[], unread: Unread): number {
  const first = rows.findIndex((row) => isNew(row, unread));
  return (rows[first]?.position ?? Infinity) <= unread.until ? first : -1;
}

const isNew = (row: Row, unread: Unread): boolean =>
  row.position > unread.after && row.author !== unread.me && row.kind === "message" && row.hidden === undefined;

const continues = (row: Row, before: Row): boolean =>
  row.author === before.author &&
  row.kind !== "notice" &&
  before.kind !== "notice" &&
  row.re === undefined &&
  row.position - before.position < RUN;

/** Whether the next lines are the present ones with others before them: only then may the list hold on to its end. */
export function grewAtStart(now: readonly Line[], next: readonly Line[]): boolean {
  const [first, firstNext] = [firstRow(now), firstRow(next)];
  return (
    next.length > now.length &&
    first !== undefined &&
    firstNext !== undefined &&
    first.key !== firstNext.key &&
    now.at(-1)?.key === next.at(-1)?.key &&
    next.some((line) => line.key === first.key)
  );
}

const firstRow = (lines: readonly Line[]): Line | undefined => lines.find((line) => line.kind === "row");

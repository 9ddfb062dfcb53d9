import { sql, type Kysely, type RawBuilder } from "kysely";

import type { EntryOf } from "#shared/entries/kinds.ts";
import { canonical } from "#shared/entries/value.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { rankedWordId, wordId } from "./word-id.ts";
import { inHome, onDesk, oweWords, type Word } from "./words.ts";

/** One case of a desk, as the tables have it. */
export interface CaseRow {
  readonly case_key: string;
  readonly about: MemberId;
  /** How many reports stand. */
  readonly reports: number;
  readonly grounds: EntryOf<"docket">["grounds"];
  readonly first: number;
  readonly last: number;
  /** How much has ever come in about it: reports and settlements. */
  readonly known: number;
  /** When anything about it was last received. */
  readonly touched: number;
  readonly outcome: "dismissed" | "hidden" | "acted" | "reopened" | null;
  readonly open: boolean;
}

/**
 * The cases of a desk. One is open as long as a report stands that the last settlement has not answered: it answers what
 * was received until the moment that it names.
 */
export const casesOf = (desk: CommunityId, only: RawBuilder<boolean> = sql<boolean>`true`) => sql<CaseRow>`
  select c.case_key, c.about, c.reports, c.grounds, c.first, c.last, greatest(c.touched, s.received) as touched, s.outcome,
    c.known + (select count(*) from settlement n where n.desk = ${desk} and n.case_key = c.case_key) as known,
    c.reports > 0 and (s.outcome is null or s.outcome = 'reopened' or c.last > s.until) as open
  from (
    select case_key, (array_agg(about))[1] as about, count(*) filter (where open) as reports,
      coalesce(array_agg(distinct ground) filter (where open and ground is not null), '{}') as grounds,
      coalesce(min(received) filter (where open), 0) as first, coalesce(max(received) filter (where open), 0) as last,
      max(received) as touched, count(*) as known
    from report where desk = ${desk} and ${only}
    group by case_key) c
  left join lateral (
    select outcome, until, received from settlement s
    where s.desk = ${desk} and s.case_key = c.case_key
    order by received desc, id desc limit 1) s on true`;

/** After something about these cases has changed: what the desk shows of them, and what those who reported are told. */
export async function refreshCases(trx: Kysely<Database>, desk: CommunityId, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const { rows } = await casesOf(desk, sql<boolean>`case_key = any(${[...new Set(keys)]}::text[])`).execute(trx);
  await oweWords(trx, [...rows.map((row) => docketWord(desk, row)), ...(await verdicts(trx, desk, rows))]);
}

function docketWord(desk: CommunityId, row: CaseRow): Word {
  const told = {
    case: row.case_key,
    about: row.about,
    reports: row.reports,
    grounds: row.grounds,
    first: row.first,
    last: row.last,
    open: row.open,
    ...(row.outcome === null || row.outcome === "reopened" ? {} : { outcome: row.outcome }),
  };
  const at = row.touched;
  // Two reports may arrive in one millisecond: whatever knew of both is the later word.
  return onDesk(desk, { id: rankedWordId(at, row.known, "docket", canonical(told)), at, kind: "docket", ...told });
}

/** To each who reported before a decision, once for each outcome since the case was last opened again. */
async function verdicts(trx: Kysely<Database>, desk: CommunityId, cases: readonly CaseRow[]): Promise<readonly Word[]> {
  const { rows } = await sql<Answered>`
    select r.reporter, r.case_key, r.id as report, s.id as settlement, s.outcome, s.received
    from report r
    join lateral (
      select distinct on (outcome) id, outcome, received from settlement s
      where s.desk = ${desk} and s.case_key = r.case_key and s.outcome <> 'reopened' and r.received <= s.until
        and s.received > coalesce((
          select max(received) from settlement o
          where o.desk = ${desk} and o.case_key = r.case_key and o.outcome = 'reopened'), 0)
      order by outcome, received, id) s on true
    where r.desk = ${desk} and r.open and r.case_key = any(${cases.map((one) => one.case_key)}::text[])`.execute(trx);
  return rows.map((row) =>
    inHome(row.reporter, {
      id: wordId(row.received, "verdict", row.report, row.settlement),
      at: row.received,
      kind: "verdict",
      case: row.case_key,
      outcome: row.outcome,
    }),
  );
}

interface Answered {
  readonly reporter: MemberId;
  readonly case_key: string;
  readonly report: string;
  readonly settlement: string;
  readonly outcome: "dismissed" | "hidden" | "acted";
  readonly received: number;
}

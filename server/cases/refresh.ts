import { sql, type Kysely, type RawBuilder } from "kysely";

import { SYS } from "#shared/documents/names.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import { canonical } from "#shared/entries/value.ts";
import { roles } from "#shared/permissions/rules.ts";
import { deskOf, PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { rankedWordId, wordId } from "./word-id.ts";
import { inHome, onDesk, oweWords, type Word } from "./words.ts";

/** One case of a desk, as the tables have it. */
export interface CaseRow {
  readonly case_key: string;
  /** Of those whom reports of one page concern who stands highest, the last of them: else they read what is said about them. */
  readonly about: MemberId;
  readonly lowest: MemberId;
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
 * was received until the moment that it names. The last one is that which was decided last, whenever it arrived.
 */
export const casesOf = (desk: CommunityId, only: RawBuilder<boolean> = sql<boolean>`true`) => sql<CaseRow>`
  select c.case_key, c.about, c.lowest, c.reports, c.grounds, c.first, c.last, greatest(c.touched, n.received) as touched, s.outcome,
    c.known + n.known as known,
    c.reports > 0 and (s.outcome is null or s.outcome = 'reopened' or c.last > s.until) as open
  from (
    select case_key, (array_agg(about order by ${highest}))[1] as about, (array_agg(about order by ${highest}))[count(*)] as lowest,
      count(*) filter (where open) as reports,
      coalesce(array_agg(distinct ground) filter (where open and ground is not null), '{}') as grounds,
      coalesce(min(received) filter (where open), 0) as first, coalesce(max(received) filter (where open), 0) as last,
      max(received) as touched, count(*) as known
    from report r left join membership m on m.community_id = r.desk and m.person_id = r.about
    where desk = ${desk} and ${only}
    group by case_key) c
  left join lateral (
    select outcome, until from settlement s
    where s.desk = ${desk} and s.case_key = c.case_key
    order by at desc, received desc, id desc limit 1) s on true
  cross join lateral (
    select count(*) as known, max(received) as received from settlement n
    where n.desk = ${desk} and n.case_key = c.case_key) n`;

const highest = sql`array_position(${[...roles]}::text[], m.role), r.received desc, r.id desc`;

/** That others had decided since when a settlement arrived: it came too late to count. */
export const overruled = sql<boolean>`exists (
  select from settlement later where later.desk = s.desk and later.case_key = s.case_key
    and later.at > s.at and later.received < s.received)`;

/** After something about these cases has changed: what the desk shows of them, and what those who reported are told. */
export async function refreshCases(
  trx: Kysely<Database>,
  changed: readonly { readonly desk: CommunityId; readonly case: string }[],
): Promise<void> {
  const byDesk = Map.groupBy(changed, ({ desk }) => desk);
  // In one order: two transactions that wait for each other's desks would wait for ever.
  for (const desk of [...byDesk.keys()].toSorted())
    await refreshDesk(trx, desk, [...new Set(byDesk.get(desk)?.map((one) => one.case))]);
}

/** One transaction after the other: each must count what the one before has written. */
async function refreshDesk(trx: Kysely<Database>, desk: CommunityId, keys: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`desk ${desk}`}, 0))`.execute(trx);
  const { rows } = await casesOf(desk, sql<boolean>`case_key = any(${[...keys]}::text[])`).execute(trx);
  const apart = await standingHere(trx, desk, rows);
  const dockets = rows.filter(({ about }) => !apart.has(about)).map((row) => docketWord(desk, row));
  const unsaid = await shownBefore(
    trx,
    desk,
    rows.filter(({ about }) => apart.has(about)),
  );
  const words = [...dockets, ...unsaid.map((row) => docketWord(desk, forgotten(row)))];
  await oweWords(trx, [...words, ...(await verdicts(trx, desk, rows))]);
}

/** After somebody has become something else in a community: whether those who work at its desk may know of their cases. */
export async function refreshAbout(trx: Kysely<Database>, desk: CommunityId, person: MemberId): Promise<void> {
  const rows = await trx
    .selectFrom("report")
    .select("case_key as case")
    .distinct()
    .where("desk", "=", desk)
    .where("about", "=", person)
    .execute();
  await refreshCases(
    trx,
    rows.map((row) => ({ desk, case: row.case })),
  );
}

/**
 * As if nothing were reported, and later than what was said before: of a case that may not be known at a desk any more,
 * nor whom it concerns since.
 */
const forgotten = (row: CaseRow): CaseRow => ({
  ...row,
  about: row.lowest,
  touched: row.touched + 1,
  reports: 0,
  grounds: [],
  first: 0,
  last: 0,
  outcome: null,
  open: false,
});

/** Those of whom a case is about who work at this desk themselves. They read it: their cases do not lie on it. */
export async function standingHere(
  db: Kysely<Database>,
  desk: CommunityId,
  cases: readonly CaseRow[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select p.id from person p left join membership m on m.person_id = p.id and m.community_id = ${desk}
    where p.id = any(${cases.map(({ about }) => about)}::uuid[])
      and case when ${desk === PLATFORM} then p.platform_admin else m.role in ('owner', 'admin', 'moderator') end`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

async function shownBefore(
  trx: Kysely<Database>,
  desk: CommunityId,
  cases: readonly CaseRow[],
): Promise<readonly CaseRow[]> {
  const keys = await trx
    .selectFrom("entry_key")
    .select("state_key")
    .where("channel", "=", deskOf(desk))
    .where("author", "=", SYS)
    .where("state", "=", "present")
    .where("state_key", "in", ["", ...cases.map((row) => `docket/${row.case_key}`)])
    .execute();
  const shown = new Set(keys.map(({ state_key }) => state_key));
  return cases.filter((row) => shown.has(`docket/${row.case_key}`));
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
        and not ${overruled} and s.at > coalesce((
          select max(at) from settlement o
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

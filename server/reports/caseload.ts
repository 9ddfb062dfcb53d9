import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { stepOf } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import { casesKnown } from "./cases-known.ts";
import type { Scope } from "./scope.ts";
import { waitsIn, waitsOf, type Waits } from "./waits.ts";

type Caseload = Report<"moderation">["caseload"];

interface Row {
  /** Null for the whole range. */
  readonly step: number | null;
  readonly reported: number;
  readonly settled: number;
  readonly waits: Waits;
  readonly open: number;
}

const none = { reported: 0, settled: 0, median: null, ninth: null };

/** When those decisions are made for which the open cases wait. */
const NEVER = sql`${Number.MAX_SAFE_INTEGER}::bigint`;

/** What came to the desk, what was settled, and how long it had waited. */
export async function caseload(db: Kysely<Database>, scope: Scope, { bounds, starts }: Calendar): Promise<Caseload> {
  const { rows } = await sql<Row>`
    with ${histories(scope)},
    settled as (
      select decided, min(since) as since from answered group by n, place, decided having min(since) is not null),
    event as (
      select 'reported' as what, received as at, null::bigint as wait from word where open and gone > ${NEVER}
      union all
      select 'reported', received, null from (select distinct n, reporter, id, received from answered where gone <= ${NEVER}) former
      union all
      select 'settled', decided, decided - since from settled),
    stepped as (select ${stepOf(sql`at / ${SLOT}::bigint`, bounds)} as step, what, wait from event
      where at >= ${(bounds[0] as number) * SLOT}::bigint and at < ${(bounds.at(-1) as number) * SLOT}::bigint)
    select step, count(*) filter (where what = 'reported') as reported, count(*) filter (where what = 'settled') as settled,
      ${waitsIn} as waits, (select count(*) from settled where decided = ${NEVER}) as open
    from stepped group by grouping sets ((step), ())`.execute(db);

  const byStep = new Map(
    rows.map(({ step, reported, settled, waits }) => [step, { reported, settled, ...waitsOf(waits) }]),
  );
  return {
    steps: starts.map((start, index) => ({ start, ...(byStep.get(index + 1) ?? none) })),
    total: { ...(byStep.get(null) ?? none), open: rows[0]?.open ?? 0 },
  };
}

/**
 * What the cases went through: each report (`word`) until something else was said in its place (`gone`), and by which
 * decisions it was `answered`. A decision answers those that stood when it was received and that its moderator had seen;
 * one that came too `late` answers none. They waited since they came in, or since the case was opened again; those that
 * had an answer already wait since never. A last decision, which is never made, answers what waits now. Cases are
 * numbered: their names are long to sort.
 */
const histories = (scope: Scope): RawBuilder<unknown> => sql`
    known as materialized (select row_number() over () as n, desk, case_key from (${casesKnown(scope)}) c),
    word as (
      select n, reporter, id, open, received,
        coalesce(lead(received) over (partition by n, reporter order by received, id), ${NEVER} + 1) as gone
      from known join report_step using (case_key)),
    ruling as (
      select n, outcome = 'reopened' as reopens, until, received, at, id,
        at < max(at) over (partition by n order by received groups between unbounded preceding and 1 preceding) as late
      from known join settlement using (desk, case_key)
      union all
      select n, false, ${NEVER}, ${NEVER}, ${NEVER}, '', false from known),
    placed as (
      select n, reopens, until, received, count(*) filter (where not reopens) over (
        partition by n order by received, at, id rows between unbounded preceding and 1 preceding) as place
      from ruling where late is not true),
    decision as (
      select n, place, max(received) as received, max(until) filter (where not reopens) as until,
        min(received) filter (where reopens) as reopened,
        coalesce(lag(max(until) filter (where not reopens)) over (partition by n order by place), -1) as before
      from placed group by n, place),
    answered as materialized (
      select n, place, d.received as decided, reporter, word.id, word.received, gone,
        case when word.received > d.before then word.received else d.reopened end as since
      from decision d join word using (n)
      where open and word.received <= d.until and d.received < gone)`;

import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { stepOf } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
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

/** When the decisions will have been made for which the open cases wait. */
const NEVER = sql`${Number.MAX_SAFE_INTEGER}::bigint`;

/**
 * What came to the desk, what was settled, and how long it had waited. A decision answers those reports that stood when
 * it was received and that its moderator had seen; a case that was opened again waits from then on. A report that was
 * taken back before anybody answered it is not counted, and one in other words is the later one.
 */
export async function caseload(db: Kysely<Database>, scope: Scope, { bounds, starts }: Calendar): Promise<Caseload> {
  const { rows } = await sql<Row>`
    with known as materialized (select row_number() over () as n, desk, case_key from (${casesKnown(scope)}) c),
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
      where open and word.received <= d.until and d.received < gone),
    settled as (
      select decided, min(since) as since from answered group by n, place, decided having min(since) is not null),
    event as (
      select 'reported' as what, received as at, null::bigint as wait from word where open and gone > ${NEVER}
      union all
      select 'reported', received, null from (select distinct n, reporter, id, received from answered where gone <= ${NEVER}) former
      union all
      select 'settled', decided, decided - since from settled),
    placed_event as (select ${stepOf(sql`at / ${SLOT}::bigint`, bounds)} as step, what, wait from event
      where at >= ${(bounds[0] as number) * SLOT}::bigint and at < ${(bounds.at(-1) as number) * SLOT}::bigint)
    select step, count(*) filter (where what = 'reported') as reported, count(*) filter (where what = 'settled') as settled,
      ${waitsIn} as waits, (select count(*) from settled where decided = ${NEVER}) as open
    from placed_event group by grouping sets ((step), ())`.execute(db);

  const byStep = new Map(
    rows.map(({ step, reported, settled, waits }) => [step, { reported, settled, ...waitsOf(waits) }]),
  );
  return {
    steps: starts.map((start, index) => ({ start, ...(byStep.get(index + 1) ?? none) })),
    total: { ...(byStep.get(null) ?? none), open: rows[0]?.open ?? 0 },
  };
}

/**
 * The cases that whoever asks may know of, as the desk shows them: else a difference would tell a moderator that
 * something was said about one of them.
 */
const casesKnown = (scope: Scope): RawBuilder<unknown> => sql`
  select r.desk, r.case_key from report r
  left join membership m on m.community_id = r.desk and m.person_id = r.about
  where ${lyingIn(scope)}
  group by r.desk, r.case_key
  having bool_and(r.about <> ${scope.asker} and ${scope.of === "platform" ? sql`true` : sql`coalesce(m.role, '') = any(${scope.judged}::text[])`})`;

/** What is said about a person or a page is no channel's; an appeal against hiding a message lies where the message does. */
function lyingIn(scope: Scope): RawBuilder<boolean> {
  if (scope.of === "platform") return sql<boolean>`true`;
  if (scope.of === "community") return sql<boolean>`r.desk = ${scope.community}`;
  const [channel] = scope.channels;
  return sql<boolean>`r.desk = ${scope.community} and r.case_key ~ ${`^(message|appeal)/${channel}/`}`;
}

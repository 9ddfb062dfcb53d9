import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { stepOf } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import { caseload } from "./caseload.ts";
import { within, type Scope } from "./scope.ts";

type Acts = Pick<Report<"moderation">, "steps" | "moderators">;
type Moderation = Acts & Pick<Report<"moderation">, "caseload">;

interface Row {
  readonly step: number | null;
  readonly moderator: string | null;
  readonly name: string | null;
  readonly hidden: number;
  readonly restored: number;
  readonly median: number | null;
}

const none = { hidden: 0, restored: 0, median: null };

/** What came to moderators, and what they did. */
export async function moderation(db: Kysely<Database>, scope: Scope, calendar: Calendar): Promise<Moderation> {
  const [acts, load] = await Promise.all([actsOf(db, scope, calendar), caseload(db, scope, calendar)]);
  return { ...acts, caseload: load };
}

/** When and who, and how long what they hid had stood there. */
async function actsOf(db: Kysely<Database>, scope: Scope, { bounds, starts }: Calendar): Promise<Acts> {
  const { rows } = await sql<Row>`
    with act as (
      select ${stepOf(sql`a.at / ${SLOT}::bigint`, bounds)} as step, a.author as moderator, a.kind,
        case when a.kind = 'hide' then greatest(a.at - m.at, 0) end as wait
      from moderation_act a
      left join message m on m.channel = a.channel and m.author = a.of_author and m.id = a.of_id
      where ${within(scope, "a")}
        and a.at >= ${(bounds[0] as number) * SLOT}::bigint and a.at < ${(bounds.at(-1) as number) * SLOT}::bigint),
    counted as (
      select step, moderator, count(*) filter (where kind = 'hide') as hidden,
        count(*) filter (where kind = 'restore') as restored, percentile_disc(0.5) within group (order by wait) as median
      from act group by grouping sets ((step), (moderator)))
    select counted.*, p.name from counted left join person p on p.id::text = moderator
    order by hidden + restored desc, moderator`.execute(db);

  const byStep = new Map(rows.map(({ step, hidden, restored, median }) => [step, { hidden, restored, median }]));
  return {
    steps: starts.map((start, index) => ({ start, ...(byStep.get(index + 1) ?? none) })),
    moderators: rows.flatMap(({ moderator, name, hidden, restored, median }) =>
      moderator === null
        ? []
        : [{ id: moderator as Acts["moderators"][number]["id"], name: name ?? "", hidden, restored, median }],
    ),
  };
}

import { sql, type Kysely, type RawBuilder } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { stepOf } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import { within, type Scope } from "./scope.ts";

interface Row {
  readonly step: number;
  readonly joined: number;
  readonly left: number;
}

/** Who came, who went, and who wrote for the first time. */
export async function growth(
  db: Kysely<Database>,
  scope: Scope,
  calendar: Calendar,
): Promise<Pick<Report<"growth">, "steps">> {
  const [newcomers, moves] = await Promise.all([newcomersIn(db, scope, calendar), movesIn(db, scope, calendar)]);
  const before = moves?.get(0);
  let members = before === undefined ? 0 : before.joined - before.left;

  return {
    steps: calendar.starts.map((start, index) => {
      const base = { start, newcomers: newcomers.get(index + 1) ?? 0 };
      if (moves === undefined) return base;
      const { joined, left } = moves.get(index + 1) ?? { joined: 0, left: 0 };
      members += joined - left;
      return { ...base, joined, left, members };
    }),
  };
}

async function newcomersIn(
  db: Kysely<Database>,
  scope: Scope,
  { bounds }: Calendar,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ step: number; people: number }>`
    with beginning as (
      select min(a.slot) as slot from activity a
      where ${within(scope, "a")} and a.messages > 0 and a.slot < ${bounds.at(-1)}::bigint group by a.person)
    select ${stepOf(sql`slot`, bounds)} as step, count(*) as people from beginning group by step`.execute(db);
  return new Map(rows.map(({ step, people }) => [step, people]));
}

/** Of a community its members, of the platform the accounts. Who may read a channel changes with the community. */
async function movesIn(
  db: Kysely<Database>,
  scope: Scope,
  { bounds }: Calendar,
): Promise<ReadonlyMap<number, Row> | undefined> {
  if (scope.of === "channel") return undefined;
  const moves = scope.of === "community" ? membershipMoves(scope.community) : accountMoves;
  const { rows } = await sql<Row>`
    with move as (select floor(extract(epoch from at) * 1000 / ${SLOT})::bigint as slot, move from ${moves} as moves (at, move))
    select ${stepOf(sql`slot`, bounds)} as step, count(*) filter (where move > 0) as joined, count(*) filter (where move < 0) as left
    from move where slot < ${bounds.at(-1)}::bigint group by step`.execute(db);
  return new Map(rows.map((row) => [row.step, row]));
}

const membershipMoves = (community: string): RawBuilder<unknown> =>
  sql`(select at, step from membership_step where community_id = ${community})`;

/** Identities that came with an import are nobody's account. */
const accountMoves = sql`(
  select created_at, 1 from person where login is not null
  union all
  select disabled_at, -1 from person where login is not null and disabled_at is not null)`;

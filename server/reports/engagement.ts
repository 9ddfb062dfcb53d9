import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import type { Database } from "#server/database/types.ts";

import { actsIn } from "./acts.ts";
import type { Asked } from "./known.ts";
import type { Scope } from "./scope.ts";

interface Row {
  /** Null for the whole range. */
  readonly step: number | null;
  readonly active: number;
  readonly writers: number;
  readonly messages: number;
  readonly replies: number;
  readonly reactions: number;
}

type Figures = Pick<Report<"engagement">, "steps" | "total">;

const none = { active: 0, writers: 0, messages: 0, replies: 0, reactions: 0 };

/** Who was active, and what they did. */
export async function engagement(db: Kysely<Database>, scope: Scope, { acted, starts }: Asked): Promise<Figures> {
  const { rows } = await sql<Row>`
    with each as materialized (
      select step, person, sum(messages)::integer as messages, sum(replies)::integer as replies, sum(reactions)::integer as reactions
      from ${actsIn(scope, acted)} as acts group by step, person),
    everybody as (select person, sum(messages) as messages from each group by person)
    select step, count(*) as active, count(*) filter (where messages > 0) as writers,
      sum(messages)::bigint as messages, sum(replies)::bigint as replies, sum(reactions)::bigint as reactions
    from each group by step
    union all
    select null, count(*), count(*) filter (where messages > 0), 0, 0, 0 from everybody`.execute(db);
  const byStep = new Map(rows.map(({ step, ...figures }) => [step, figures]));
  const steps = starts.map((start, index) => ({ start, ...(byStep.get(index + 1) ?? none) }));
  const sum = (what: "messages" | "replies" | "reactions") => steps.reduce((total, step) => total + step[what], 0);

  const { active, writers } = byStep.get(null) ?? none;
  return {
    steps,
    total: { active, writers, messages: sum("messages"), replies: sum("replies"), reactions: sum("reactions") },
  };
}

import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { actsIn } from "./acts.ts";
import type { Calendar } from "./calendar.ts";
import { within, type Scope } from "./scope.ts";

type Popular = Pick<Report<"popular">, "messages" | "places">;

const MOST = 20;
const EXCERPT = 140;
/** So many more are looked at, since some may be hidden. */
const SPARE = 5;

/**
 * What called forth most, and where most was going on. Of the whole platform only its communities: who runs it reads
 * nothing for that.
 */
export async function popular(db: Kysely<Database>, scope: Scope, calendar: Calendar): Promise<Popular> {
  const [messages, places] = await Promise.all([popularMessages(db, scope, calendar), busyPlaces(db, scope, calendar)]);
  return { messages, places };
}

/** What was hidden since is not shown here either. */
async function popularMessages(db: Kysely<Database>, scope: Scope, { bounds }: Calendar): Promise<Popular["messages"]> {
  if (scope.of === "platform") return [];
  const { rows } = await sql<Popular["messages"][number]>`
    with loudest as (
      select r.* from resonance r
      where ${within(scope, "r")}
        and r.at >= ${(bounds[0] as number) * SLOT}::bigint and r.at < ${(bounds.at(-1) as number) * SLOT}::bigint
      order by r.replies + r.reactions desc, r.at desc, r.author, r.id limit ${MOST * SPARE}::integer)
    select r.channel, m.segment, r.author, p.name, r.id, r.at,
      left(regexp_replace(m.body, '\\s+', ' ', 'g'), ${EXCERPT}::integer)
        || case when length(m.body) > ${EXCERPT}::integer then '…' else '' end as excerpt, r.replies, r.reactions
    from loudest r
    join message m on m.channel = r.channel and m.author = r.author and m.id = r.id and m.hidden_by is null
    join person p on p.id = r.author
    order by r.replies + r.reactions desc, r.at desc, r.author, r.id limit ${MOST}::integer`.execute(db);
  return rows;
}

async function busyPlaces(db: Kysely<Database>, scope: Scope, { bounds }: Calendar): Promise<Popular["places"]> {
  if (scope.of === "channel") return [];
  const range = [bounds[0] as number, bounds.at(-1) as number];
  const place =
    scope.of === "platform"
      ? sql`(select c.id as channel, o.id, o.name from channel c join community o on o.id = c.community_id)`
      : sql`(select id as channel, id, name from channel)`;
  const { rows } = await sql<Popular["places"][number]>`
    with each as (
      select channel, person, sum(messages)::integer as messages, sum(replies)::integer as replies, sum(reactions)::integer as reactions
      from ${actsIn(scope, range)} as acts group by channel, person),
    placed as (
      select p.id, p.name, e.person, sum(e.messages) as messages, sum(e.replies) as replies, sum(e.reactions) as reactions
      from each e join ${place} as p on p.channel = e.channel group by p.id, p.name, e.person)
    select id, name, count(*) filter (where messages > 0) as writers, sum(messages)::bigint as messages,
      sum(replies)::bigint as replies, sum(reactions)::bigint as reactions
    from placed group by id, name order by sum(messages) desc, id limit ${MOST}::integer`.execute(db);
  return rows;
}

import { sql, type Kysely } from "kysely";

import type { Report } from "#shared/protocol/http/reports.ts";
import { SLOT } from "#server/database/slots.ts";
import type { Database } from "#server/database/types.ts";

import { actsIn } from "./acts.ts";
import type { Asked } from "./known.ts";
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
export async function popular(db: Kysely<Database>, scope: Scope, asked: Asked): Promise<Popular> {
  const [messages, places] = await Promise.all([popularMessages(db, scope, asked), busyPlaces(db, scope, asked)]);
  return { messages, places };
}

/** What was hidden since is not shown here either. */
async function popularMessages(db: Kysely<Database>, scope: Scope, { bounds }: Asked): Promise<Popular["messages"]> {
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

async function busyPlaces(db: Kysely<Database>, scope: Scope, { acted }: Asked): Promise<Popular["places"]> {
  if (scope.of === "channel") return [];
  const range = [acted[0] as number, acted.at(-1) as number];
  // A channel is its own place, or belongs to one.
  const [place, names] = scope.of === "platform" ? [sql`c.community_id`, sql`community`] : [sql`c.id`, sql`channel`];
  const { rows } = await sql<Popular["places"][number]>`
    with each as (
      select ${place} as id, acts.person, sum(messages)::integer as messages, sum(replies)::integer as replies,
        sum(reactions)::integer as reactions
      from ${actsIn(scope, range)} as acts join channel c on c.id = acts.channel group by ${place}, acts.person),
    busiest as (
      select id, count(*) filter (where messages > 0) as writers, sum(messages) as messages, sum(replies) as replies,
        sum(reactions) as reactions
      from each group by id order by sum(messages) desc, id limit ${MOST}::integer)
    select b.id, p.name, b.writers, b.messages, b.replies, b.reactions from busiest b
    join ${names} p on p.id = b.id order by b.messages desc, b.id`.execute(db);
  return rows;
}

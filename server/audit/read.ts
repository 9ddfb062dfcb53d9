import { sql, type Kysely } from "kysely";

import type { AuditAct } from "#shared/audit/acts.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import type { Database } from "#server/database/types.ts";

import { seenBy, toldInFull } from "./seen-by.ts";

const PAGE = 50;

/** What one asks of the trail; everything that is given must hold. */
export interface AuditQuestion {
  /** Who asks, where not everything is told. */
  readonly reader?: MemberId | undefined;
  readonly who?: MemberId | undefined;
  readonly act?: AuditAct | undefined;
  readonly target?: string | undefined;
  readonly community?: CommunityId | undefined;
  /** In ms since 1970, `until` not included. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** A part of a name, of an act's name or of its details. */
  readonly q?: string | undefined;
}

function acts(db: Kysely<Database>, { reader, who, act, target, community, from, until, q = "" }: AuditQuestion) {
  const { shown, details } = reader === undefined ? toldInFull : seenBy(reader);
  return db
    .selectFrom("audit_act as a")
    .leftJoin("audit_link as l", "l.act", "a.id")
    .leftJoin("person as who", "who.id", "a.actor")
    .leftJoin("person as whom", (join) =>
      join.on(sql<boolean>`a.target_kind in ('person', 'entry') and whom.id::text = split_part(a.target_id, ' ', 1)`),
    )
    .leftJoin("page as sheet", (join) =>
      join.on(sql<boolean>`sheet.id = case when a.target_kind = 'page' then a.target_id::uuid end`),
    )
    .leftJoin("community as c", "c.id", "a.community")
    .select(["a.id", "a.at", "a.actor", "a.act", "a.target_kind", "a.target_id", "a.community"])
    .select(details.as("details"))
    .select(["l.position", "l.hash", "who.name as actor_name", "c.name as community_name"])
    .select(sql<string | null>`coalesce(whom.name, a.target_name, nullif(sheet.title, ''))`.as("target_name"))
    .$if(who !== undefined, (query) => query.where("a.actor", "=", who as string))
    .$if(act !== undefined, (query) => query.where("a.act", "=", act as AuditAct))
    .$if(target !== undefined, (query) => query.where("a.target_id", "=", target as string))
    .$if(community !== undefined, (query) => query.where("a.community", "=", community as string))
    .$if(from !== undefined, (query) => query.where("a.at", ">=", from as number))
    .$if(until !== undefined, (query) => query.where("a.at", "<", until as number))
    .$if(q !== "", (query) =>
      query.where(
        sql<boolean>`position(lower(${q}) in lower(concat_ws(' ', a.act, who.name, whom.name, a.target_name, sheet.title, a.target_id, c.name, (${details})::text))) > 0`,
      ),
    )
    .where(shown);
}

type Row = Awaited<ReturnType<ReturnType<typeof acts>["execute"]>>[number];

const asEntry = (row: Row) => ({
  id: row.id,
  at: row.at,
  actor: row.actor === null ? null : { id: row.actor as MemberId, name: row.actor_name ?? "" },
  act: row.act,
  target: { kind: row.target_kind, id: row.target_id, name: row.target_name },
  community: row.community === null ? null : { id: row.community as CommunityId, name: row.community_name },
  details: row.details,
  /** Null for what is not in the chain yet. */
  position: row.position,
  seal: row.hash?.toString("hex") ?? null,
});
export type AuditEntry = ReturnType<typeof asEntry>;

/** The acts that a question asks for, the newest first. */
export async function readActs(db: Kysely<Database>, question: AuditQuestion, after: string | undefined) {
  const [before] = readCursor(after, 1) ?? [];
  const rows = await acts(db, question)
    .$if(before !== undefined && /^\d{1,15}$/.test(before), (query) => query.where("a.id", "<", Number(before)))
    .orderBy("a.id", "desc")
    .limit(PAGE + 1)
    .execute();
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return { acts: rows.slice(0, PAGE).map(asEntry), next: last && writeCursor([String(last.id)]) };
}

const AT_ONCE = 500;

/** All of them, the oldest first, without ever holding more than some hundreds. */
export async function* everyAct(db: Kysely<Database>, question: AuditQuestion): AsyncGenerator<AuditEntry> {
  for (let from = 0; ;) {
    const rows = await acts(db, question).where("a.id", ">", from).orderBy("a.id").limit(AT_ONCE).execute();
    yield* rows.map(asEntry);
    const last = rows.at(-1);
    if (last === undefined) return;
    from = last.id;
  }
}

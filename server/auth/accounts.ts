import { sql, type Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import type { Database } from "#server/database/types.ts";

import { sessionsOf } from "./sessions.ts";

const PAGE = 50;

/** Accounts that are so young count as new. */
const NEW_DAYS = 7;

/** Of the thousands that an import brings nobody signs in, so they come last. */
const place = sql<string>`((login is null)::integer || lower(p.name)) collate "C"`;

const standing = sql<boolean>`s.expires_at > now()`;

const states = {
  admins: sql<boolean>`p.platform_admin`,
  disabled: sql<boolean>`p.disabled_at is not null`,
  new: sql<boolean>`p.login is not null and p.created_at > now() - ${`${NEW_DAYS} days`}::interval`,
};
export type AccountState = keyof typeof states;

const rowsOf = (db: Kysely<Database>) =>
  db
    .selectFrom("person as p")
    .select(["p.id", "p.login", "p.name", "p.platform_admin", "p.disabled_at", "p.created_at", place.as("place")])
    .select([
      sql<Date | null>`(select max(s.seen_at) from session s where s.person_id = p.id and ${standing})`.as("seen_at"),
      sql<number>`(select count(*) from session s where s.person_id = p.id and ${standing})`.as("sessions"),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>["execute"]>>[number];

const asAccount = (row: Row) => ({
  id: row.id as MemberId,
  login: row.login,
  name: row.name,
  platformAdmin: row.platform_admin,
  disabledAt: row.disabled_at?.getTime(),
  seenAt: row.seen_at?.getTime(),
  sessions: row.sessions,
  createdAt: row.created_at.getTime(),
});
type Account = ReturnType<typeof asAccount>;

interface Question {
  readonly q?: string | undefined;
  readonly state?: AccountState | undefined;
  readonly after?: string | undefined;
}

/** Everybody on this installation, by name. */
export async function accounts(db: Kysely<Database>, { q = "", state, after }: Question) {
  const [from, id] = readCursor(after, 2) ?? ["", ""];
  const rows = await rowsOf(db)
    .where(
      sql<boolean>`(${q} = '' or position(lower(${q}) in lower(p.name)) > 0 or p.login = lower(${q}) or p.id::text = lower(${q}))`,
    )
    .where(state === undefined ? sql<boolean>`true` : states[state])
    .where(sql<boolean>`(${place}, p.id::text collate "C") > (${from}, ${id})`)
    .orderBy("place")
    .orderBy("p.id")
    .limit(PAGE + 1)
    .execute();
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return {
    accounts: rows.slice(0, PAGE).map(asAccount),
    counts: await counts(db),
    next: last && writeCursor([last.place, last.id]),
  };
}

async function counts(db: Kysely<Database>) {
  const { rows } = await sql<Readonly<Record<"all" | AccountState, number>>>`
    select count(*) as all, count(*) filter (where ${states.admins}) as admins,
      count(*) filter (where ${states.disabled}) as disabled, count(*) filter (where ${states.new}) as new
    from person p`.execute(db);
  return rows[0] as (typeof rows)[number];
}

export async function accountOf(db: Kysely<Database>, id: MemberId): Promise<Account | undefined> {
  const row = await rowsOf(db).where("p.id", "=", id).executeTakeFirst();
  return row && asAccount(row);
}

/** An account with where it belongs and where it is signed in. */
export async function accountDetails(db: Kysely<Database>, id: MemberId) {
  const account = await accountOf(db, id);
  if (account === undefined) return undefined;
  const [communities, sessions, { tokens }] = await Promise.all([
    communitiesOf(db, id),
    sessionsOf(db, id),
    db
      .selectFrom("access_token")
      .select(({ fn }) => fn.countAll<number>().as("tokens"))
      .where("person_id", "=", id)
      .executeTakeFirstOrThrow(),
  ]);
  return { account, communities, sessions: sessions.map(({ handle: _handle, ...session }) => session), tokens };
}

async function communitiesOf(db: Kysely<Database>, person: MemberId) {
  const rows = await db
    .selectFrom("membership as m")
    .innerJoin("community as c", "c.id", "m.community_id")
    .select(["c.id", "c.name", "m.role"])
    .where("m.person_id", "=", person)
    .orderBy(sql`lower(c.name)`)
    .orderBy("c.id")
    .execute();
  return rows.map((row) => ({ ...row, id: row.id as CommunityId }));
}

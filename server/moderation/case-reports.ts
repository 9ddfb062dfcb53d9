import { sql, type Kysely } from "kysely";

import type { Ground } from "#shared/entries/kinds/report.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { ModerationCase } from "#shared/protocol/http/moderation.ts";
import { overruled } from "#server/cases/refresh.ts";
import type { Database } from "#server/database/types.ts";

type ByCase<Value> = ReadonlyMap<string, Value[]>;

/** Of a case that hundreds report, the newest. */
const SHOWN = 50;

/** Who reported, the newest first. */
export async function reportsOf(
  db: Kysely<Database>,
  desk: CommunityId,
  keys: readonly string[],
): Promise<ByCase<ModerationCase["reports"][number]>> {
  const { rows } = await sql<ReportRow>`
    select r.* from unnest(${[...keys]}::text[]) as asked (key)
    cross join lateral (
      select r.case_key, r.reporter, p.name, r.ground, r.note, r.received from report r join person p on p.id = r.reporter
      where r.desk = ${desk} and r.case_key = asked.key and r.open
      order by r.received desc, r.id desc limit ${SHOWN}) r`.execute(db);
  return byCase(rows, ({ reporter, name, ground, note, received }) => ({
    reporter: { id: reporter, name },
    note,
    at: received,
    ...(ground !== null && { ground }),
  }));
}

interface ReportRow {
  readonly case_key: string;
  readonly reporter: MemberId;
  readonly name: string;
  readonly ground: Ground | null;
  readonly note: string;
  readonly received: number;
}

/** What was decided, the newest first. */
export async function settlementsOf(
  db: Kysely<Database>,
  desk: CommunityId,
  keys: readonly string[],
): Promise<ByCase<ModerationCase["settlements"][number]>> {
  const rows = await db
    .selectFrom("settlement as s")
    .innerJoin("person as p", "p.id", "s.author")
    .select(["s.case_key", "s.author", "p.name", "s.outcome", "s.at", overruled.as("late")])
    .where("s.desk", "=", desk)
    .where("s.case_key", "=", sql<string>`any(${[...keys]}::text[])`)
    .orderBy("s.at", "desc")
    .orderBy("s.received", "desc")
    .orderBy("s.id", "desc")
    .execute();
  return byCase(rows, ({ author, name, outcome, at, late }) => ({
    by: { id: author as MemberId, name },
    outcome,
    at,
    ...(late && { late }),
  }));
}

const byCase = <Row extends { readonly case_key: string }, Value>(
  rows: readonly Row[],
  shown: (row: Row) => Value,
): ByCase<Value> => new Map([...Map.groupBy(rows, (row) => row.case_key)].map(([key, own]) => [key, own.map(shown)]));

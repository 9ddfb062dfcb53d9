import { sql, type Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { ModerationCase, PersonRecord } from "#shared/protocol/http/moderation.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { ok, type Result } from "#shared/result.ts";
import { casesOf, standingHere, type CaseRow } from "#server/cases/refresh.ts";
import { readCursor, writeCursor } from "#server/database/cursor.ts";
import type { Database } from "#server/database/types.ts";

import { messagesAround } from "./case-messages.ts";
import { pagesOfCases } from "./case-pages.ts";
import { reportsOf, settlementsOf } from "./case-reports.ts";
import { judged, reachDesk, type Desk } from "./desk.ts";
import { measuresNamed } from "./measure-rows.ts";
import { recordsOf } from "./records.ts";

const PAGE = 30;

interface Question {
  readonly desk: CommunityId | "platform";
  readonly state?: "open" | "closed" | undefined;
  readonly after?: string | undefined;
}

/** What moderators are asked to look at, with all that is needed to decide: those last heard of first. */
export async function cases(
  db: Kysely<Database>,
  me: MemberId,
  { desk: name, state = "open", after }: Question,
): Promise<Result<{ cases: ModerationCase[]; next?: string | undefined }, Failure>> {
  const reach = await reachDesk(db, me, name);
  if (!reach.ok) return reach;
  const desk = reach.value.community;
  const rows = await page(db, reach.value, state, readCursor(after, 2));
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : undefined;
  return ok({
    cases: await described(db, me, desk, shown),
    next: last && writeCursor([String(last.touched), last.case_key]),
  });
}

async function page(
  db: Kysely<Database>,
  desk: Desk,
  state: "open" | "closed",
  cursor: readonly string[] | undefined,
): Promise<readonly CaseRow[]> {
  const [touched, key] = cursor ?? [];
  const beyond =
    key === undefined ? sql`true` : sql`(c.touched, c.case_key collate "C") < (${Number(touched)}, ${key})`;
  const { rows } = await sql<CaseRow>`
    select c.* from (${casesOf(desk.community)}) c
    left join membership m on m.community_id = ${desk.community} and m.person_id = c.about
    where c.about <> ${desk.actor.id} and coalesce(m.role, '') = any(${judged(desk)}::text[]) and ${state === "open" ? sql`c.open` : sql`not c.open and c.outcome is not null`} and ${beyond}
    order by c.touched desc, c.case_key collate "C" desc
    limit ${PAGE + 1}`.execute(db);
  return rows;
}

async function described(
  db: Kysely<Database>,
  me: MemberId,
  desk: CommunityId,
  rows: readonly CaseRow[],
): Promise<ModerationCase[]> {
  const keys = rows.map((row) => row.case_key);
  const [apart, reports, settlements, records, messages, pages, against] = await Promise.all([
    standingHere(db, desk, rows),
    reportsOf(db, desk, keys),
    settlementsOf(db, desk, keys),
    recordsOf(db, desk, [...new Set(rows.map(({ about }) => about))]),
    messagesAround(db, me, keys),
    pagesOfCases(db, keys),
    measuresNamed(
      db,
      desk,
      keys.flatMap((key) => /^appeal\/([^/]+)$/.exec(key)?.[1] ?? []),
    ),
  ]);
  const measureById = new Map(against.map((measure) => [`appeal/${measure.id}`, measure]));
  return rows.map((row) => ({
    case: row.case_key,
    open: row.open,
    ...(apart.has(row.about) && { apart: true }),
    first: row.first,
    last: row.last,
    about: records.get(row.about) as PersonRecord,
    reports: reports.get(row.case_key) ?? [],
    messages: messages.get(row.case_key) ?? [],
    settlements: settlements.get(row.case_key) ?? [],
    ...(pages.has(row.case_key) && { page: pages.get(row.case_key) }),
    ...(measureById.has(row.case_key) && { against: measureById.get(row.case_key) }),
  }));
}

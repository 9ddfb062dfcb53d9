import { sql, type Kysely } from "kysely";

import type { EntryOf } from "#shared/entries/kinds.ts";
import { caseOf, type Reported } from "#shared/entries/kinds/report.ts";
import { PLATFORM, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import { refreshCases } from "#server/cases/refresh.ts";
import type { Database } from "#server/database/types.ts";

import type { Addition, Projection } from "./projection.ts";
import { communityOfPage, concernedByPage } from "./reported-page.ts";

/** What people report and appeal against. Only their own word in their own home counts; the last one by (at, id) stands. */
export const reports: Projection = {
  name: "reports",
  version: 1,
  of: ["user"],

  async project(trx, { id: home }, { added }) {
    const own = added.filter(({ author }) => author === (home as string)).flatMap(complaintOf);
    const changed: { desk: CommunityId; case: string }[] = [];
    for (const complaint of own) {
      if (await isIdle(trx, home as ChannelId, complaint)) continue;
      const near = await deskFor(trx, home as string as MemberId, complaint);
      const about = near && (await aboutIn(trx, home as string as MemberId, complaint));
      if (near === undefined || about === undefined) continue;
      const desk = await referred(trx, near, complaint.case, about);
      if (!(await isThere(trx, desk))) continue;
      await remember(trx, home as string as MemberId, { desk, about }, complaint);
      changed.push({ desk, case: complaint.case });
    }
    await refreshCases(trx, changed);
  },

  empty: async (trx) => void (await sql`truncate report`.execute(trx)),
};

type Complaint = { readonly case: string } & (
  | { readonly entry: EntryOf<"report">; readonly target: Reported }
  | { readonly entry: EntryOf<"appeal">; readonly target: { readonly of: "appeal"; readonly against: string } }
);

function complaintOf({ entry }: Addition): readonly Complaint[] {
  if (entry.kind === "report") return [{ entry, target: entry.target, case: caseOf(entry.target) }];
  if (entry.kind !== "appeal") return [];
  const target = { of: "appeal", against: entry.against } as const;
  return [{ entry, target, case: entry.against.replace(/^[a-z]+/, "appeal") }];
}

/** Who decides about it. Nobody where there is nothing that it could be about. */
async function deskFor(
  trx: Kysely<Database>,
  person: MemberId,
  { target }: Complaint,
): Promise<CommunityId | undefined> {
  if (target.of === "person") return target.community;
  if (target.of === "message") return deskOfChannel(trx, target.channel);
  if (target.of === "page") return communityOfPage(trx, target.page);
  const [kind, id, author] = target.against.split("/") as [string, string, string | undefined];
  if (kind === "message") return author === person ? deskOfChannel(trx, id) : undefined;
  const measure = await trx
    .selectFrom("measure")
    .select("community_id")
    .where(sql<boolean>`id::text = ${id}`)
    .where("person_id", "=", person)
    .executeTakeFirst();
  return measure && ((measure.community_id ?? PLATFORM) as CommunityId);
}

/** Whose message or profile it is, who wrote on the page last, or who appeals. */
async function aboutIn(
  trx: Kysely<Database>,
  reporter: MemberId,
  { target, entry }: Complaint,
): Promise<MemberId | undefined> {
  if (target.of === "message") return target.author;
  if (target.of === "person") return target.person;
  if (target.of === "page" && entry.kind === "report") return concernedByPage(trx, reporter, target.page, entry);
  return reporter;
}

/** Nobody of a community stands above its owner: what is said about them goes to those who run the platform. */
async function referred(trx: Kysely<Database>, near: CommunityId, key: string, about: MemberId): Promise<CommunityId> {
  await sql`
    insert into referral (case_key, community_id)
    select ${key}, community_id from membership where community_id = ${near} and person_id = ${about} and role = 'owner'
    on conflict do nothing`.execute(trx);
  const row = await trx.selectFrom("referral").select("case_key").where("case_key", "=", key).executeTakeFirst();
  if (row === undefined) return near;
  await trx.updateTable("report").set({ desk: PLATFORM }).where("case_key", "=", key).execute();
  return PLATFORM;
}

/** Takes back what never arrived: of what was said and taken back offline only the last word leaves the device. */
const isIdle = async (trx: Kysely<Database>, home: ChannelId, { entry, case: key }: Complaint): Promise<boolean> =>
  entry.kind === "report" &&
  !entry.open &&
  (await trx
    .selectFrom("entry_key")
    .select("id")
    .where("channel", "=", home)
    .where("author", "=", home)
    .where("state_key", "=", `report/${key}`)
    .where("id", "!=", entry.id)
    .executeTakeFirst()) === undefined;

/** Of a community that was deleted nothing is kept: whoever deletes it waits for what is being written here. */
const isThere = async (trx: Kysely<Database>, desk: CommunityId): Promise<boolean> =>
  desk === PLATFORM ||
  (await trx.selectFrom("community").select("id").where("id", "=", desk).forKeyShare().executeTakeFirst()) !==
    undefined;

/** What is said in conversations is looked at by those who run the platform. */
async function deskOfChannel(trx: Kysely<Database>, channel: string): Promise<CommunityId | undefined> {
  const row = await trx
    .selectFrom("channel")
    .select("community_id")
    .where(sql<boolean>`id::text = ${channel}`)
    .executeTakeFirst();
  return row && ((row.community_id ?? PLATFORM) as CommunityId);
}

async function remember(
  trx: Kysely<Database>,
  reporter: MemberId,
  { desk, about }: { readonly desk: CommunityId; readonly about: MemberId },
  { entry, case: key }: Complaint,
): Promise<void> {
  const [ground, open] = entry.kind === "report" ? [entry.ground, entry.open] : [null, true];
  await sql`
    insert into report (reporter, case_key, desk, about, ground, note, open, at, id, received)
    select ${reporter}, ${key}, ${desk}, ${about}, ${ground}, ${open ? entry.note : ""}, ${open}, ${entry.at}, ${entry.id}, k.received
    from entry_key k where k.channel = ${reporter} and k.author = ${reporter} and k.id = ${entry.id}
    on conflict (reporter, case_key) do update set
      about = excluded.about, ground = excluded.ground, note = excluded.note, open = excluded.open, at = excluded.at, id = excluded.id, received = excluded.received
    where (report.at, report.id) < (excluded.at, excluded.id)`.execute(trx);
}

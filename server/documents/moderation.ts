import { sql, type Kysely } from "kysely";

import type { AuditAct } from "#shared/audit/acts.ts";
import { kindOf, kinds, parseEntry, type Entry, type EntryOf } from "#shared/entries/kinds.ts";
import { pageOfCase } from "#shared/entries/kinds/report.ts";
import { communityOfDesk, PLATFORM, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import { record, type Act } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";

import type { Draft } from "./draft.ts";
import type { Task } from "./task.ts";

/** An entry by which somebody exercises authority. */
interface Moderation {
  readonly author: MemberId;
  readonly channel: ChannelId;
  readonly entry: Entry;
}

/** Moderation is said in documents: the audit trail has it from the transaction that admits it. */
export async function recordModeration(
  trx: Kysely<Database>,
  tasks: readonly Task[],
  drafts: readonly Pick<Draft, "keyChanges">[],
): Promise<void> {
  const moderations = admitted(tasks, drafts);
  if (moderations.length === 0) return;
  const communities = await communitiesOf(trx, [...new Set(moderations.map(({ channel }) => channel))]);
  await record(trx, ...moderations.flatMap((moderation) => actsOf(moderation, communities.get(moderation.channel))));
}

/** What a batch adds that has an act, each once: what was known before has no new key. */
function admitted(tasks: readonly Task[], drafts: readonly Pick<Draft, "keyChanges">[]): readonly Moderation[] {
  const values = new Map(tasks.flatMap(said));
  return drafts
    .flatMap(({ keyChanges }) => keyChanges)
    .flatMap(({ channel, key }) => {
      const entry = values.get(`${key.author} ${key.id}`);
      return entry === undefined ? [] : [{ author: key.author as MemberId, channel: channel as ChannelId, entry }];
    });
}

function said(task: Task): readonly (readonly [string, Entry])[] {
  if (task.kind !== "frame" && task.kind !== "post") return [];
  const values = task.kind === "post" ? [task.entry] : task.update.items.flatMap(({ values: own }) => own ?? []);
  return values.filter(mayBeAct).flatMap((value) => {
    const entry = parseEntry(value);
    return entry === undefined || kindOf(entry).act === undefined ? [] : [[`${task.sender} ${entry.id}`, entry]];
  });
}

/** Most of what is said is no act, and need not be parsed again to know it. */
const mayBeAct = (value: unknown): boolean =>
  typeof value === "object" && value !== null && actKinds.has((value as { readonly kind?: unknown }).kind);

const actKinds: ReadonlySet<unknown> = new Set(kinds.filter((kind) => "act" in kind).map(({ name }) => name));

function actsOf({ author, channel, entry }: Moderation, community: CommunityId | undefined): readonly Act[] {
  const { act, targets } = kindOf(entry);
  if (act === undefined) return [];
  if (entry.kind === "decision") return [decided(author, act, communityOfDesk(channel), entry)];
  const reason = "reason" in entry ? { reason: entry.reason } : {};
  return (targets?.(entry) ?? []).map((of) => ({
    actor: author,
    act,
    target: { kind: "entry", id: `${of.author} ${of.id}` },
    community,
    details: { channel, entry: entry.id, ...reason },
  }));
}

/** What was decided about a case. */
export const decided = (
  actor: MemberId,
  act: AuditAct,
  desk: CommunityId,
  { case: key, outcome }: Pick<EntryOf<"decision">, "case" | "outcome">,
): Act => ({
  actor,
  act,
  target: targetOf(key),
  community: desk === PLATFORM ? null : desk,
  details: { case: key, outcome },
});

/** A case is named by what it is about; of an appeal against a measure only the case itself is known here. */
function targetOf(key: string): Act["target"] {
  const [of = "", ...names] = key.replace(/^appeal\/(?=[a-z])/, "").split("/");
  const page = pageOfCase(key);
  if (page !== undefined) return { kind: "page", id: page };
  if (of === "message") return { kind: "entry", id: names.slice(1).join(" ") };
  return of === "person" ? { kind: "person", id: names[1] ?? "" } : { kind: "case", id: key };
}

async function communitiesOf(
  trx: Kysely<Database>,
  channels: readonly ChannelId[],
): Promise<ReadonlyMap<ChannelId, CommunityId>> {
  const { rows } = await sql<{ id: ChannelId; community: CommunityId }>`
    select id, community_id as community from channel where id = any(${channels}::uuid[]) and community_id is not null`.execute(
    trx,
  );
  return new Map(rows.map(({ id, community }) => [id, community]));
}

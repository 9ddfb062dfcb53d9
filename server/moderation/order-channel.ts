import { sql, type Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail } from "#shared/result.ts";
import { record } from "#server/audit/record.ts";
import { changedChannel } from "#server/communities/channels.ts";
import { permit, reachChannel } from "#server/communities/reach.ts";
import type { Consequences } from "#server/documents/authority-change.ts";
import { holdChannels } from "#server/documents/hold-channels.ts";
import type { Database } from "#server/database/types.ts";

import { mayDecide } from "./decide.ts";
import { settleBy } from "./measures.ts";

interface Order {
  readonly id: ChannelId;
  readonly locked?: boolean | undefined;
  readonly slow?: number | undefined;
  readonly about?: string | undefined;
}

/** Locks a channel or slows it down, or neither any more. Whoever is writing there is waited for. */
export async function orderChannel(
  trx: Kysely<Database>,
  consequences: Consequences,
  me: MemberId,
  { id, locked, slow, about }: Order,
  now: number = Date.now(),
) {
  const reach = await reachChannel(trx, me, id, "change");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "channel.order");
  if (!allowed.ok) return allowed;

  const { community } = reach.value;
  if (about !== undefined && !(await mayDecide(trx, me, community, about))) return fail<Failure>({ kind: "not-found" });

  await holdChannels(trx, [id]);
  const lockedAt = locked === undefined ? undefined : locked ? sql<Date>`coalesce(locked_at, now())` : null;
  const changes = Object.entries({ locked_at: lockedAt, slow_seconds: slow }).filter(
    ([, value]) => value !== undefined,
  );
  if (changes.length > 0)
    await trx.updateTable("channel").set(Object.fromEntries(changes)).where("id", "=", id).execute();
  await recordOrder(trx, me, community, { id, locked, slow });
  if (about !== undefined) await settleBy(trx, community, me, { id: `${id} ${now}`, about, now });
  return changedChannel(trx, consequences, community, id);
}

async function recordOrder(
  trx: Kysely<Database>,
  actor: MemberId,
  community: CommunityId,
  { id, locked, slow }: Order,
): Promise<void> {
  const { name } = await trx.selectFrom("channel").select("name").where("id", "=", id).executeTakeFirstOrThrow();
  const about = { actor, target: { kind: "channel", id, name }, community } as const;
  if (locked !== undefined) await record(trx, { ...about, act: locked ? "channel.lock" : "channel.unlock" });
  if (slow !== undefined) await record(trx, { ...about, act: "channel.slow", details: { seconds: slow } });
}

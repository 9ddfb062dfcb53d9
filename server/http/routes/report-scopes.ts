import type { Kysely } from "kysely";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { ReportScope } from "#shared/protocol/http/reports.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Person } from "#server/auth/sessions.ts";
import { permit, reachChannel, reachCommunity, type Reach } from "#server/communities/reach.ts";
import type { Database } from "#server/database/types.ts";
import { judged } from "#server/moderation/desk.ts";
import type { Scope } from "#server/reports/scope.ts";

type Find = (db: Kysely<Database>, person: Person, id: string) => Promise<Result<Scope, Failure>>;

/** Who may have figures of what, and what is counted for them. */
export const scopeOf: Record<ReportScope, Find> = {
  /** For others there is no such thing. */
  async platform(_db, { id, platformAdmin }) {
    const allowed = can({ id, platformAdmin, inside: false }, "report.read", { place: "platform" });
    return allowed ? ok({ of: "platform", asker: id }) : fail({ kind: "not-found" });
  },

  async community(db, person, id) {
    const reach = await reachCommunity(db, person.id, id as CommunityId, "read");
    if (!reach.ok) return reach;
    const allowed = permit(reach.value, "report.read");
    if (!allowed.ok) return allowed;
    const channels = await channelsRead(db, person.id, id);
    return ok({ of: "community", community: id as CommunityId, channels, ...askerOf(reach.value) });
  },

  async channel(db, person, id) {
    const reach = await reachChannel(db, person.id, id as ChannelId, "read");
    if (!reach.ok) return reach;
    const allowed = permit(reach.value, "report.read");
    if (!allowed.ok) return allowed;
    return ok({ of: "channel", community: reach.value.community, channels: [id], ...askerOf(reach.value) });
  },
};

const askerOf = ({ actor }: Reach) => ({ asker: actor.id, judged: judged({ actor, at: { place: "desk" } }) });

/** Whoever is not in a private channel learns not even how much is said there. */
async function channelsRead(db: Kysely<Database>, person: MemberId, community: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("readable_channel as r")
    .innerJoin("channel as c", "c.id", "r.channel")
    .select("r.channel")
    .where("r.person", "=", person)
    .where("c.community_id", "=", community)
    .execute();
  return rows.map(({ channel }) => channel);
}

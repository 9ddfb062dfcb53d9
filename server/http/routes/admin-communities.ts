import type { CommunityId } from "#shared/ids.ts";
import { laterEndpoints as endpoints } from "#shared/protocol/http/later-endpoints.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { ok, type Result } from "#shared/result.ts";
import { asAdmin } from "#server/auth/as-admin.ts";
import { administered, administeredOne, archive, give } from "#server/communities/administer.ts";
import { deleteLater, deletionOf, keep } from "#server/communities/deletion.ts";
import { membersOf } from "#server/communities/members.ts";
import { readSettings } from "#server/installation/settings.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Communities, for the platform's administrators; and their end, for their owners too. */
export function adminCommunityRoutes(router: Router, { db, authority }: WebDependencies): void {
  const shown = async (done: Result<unknown, Failure>, id: CommunityId) => (done.ok ? administeredOne(db, id) : done);

  router.on(
    "adminCommunities",
    endpoints.adminCommunities,
    { tag: "Administration", summary: "Every community, by name" },
    async ({ input }) => ok(await administered(db, input)),
  );

  router.on(
    "adminMembers",
    endpoints.adminMembers,
    { tag: "Administration", summary: "The members of any community" },
    async ({ input }) => {
      const known = await administeredOne(db, input.id);
      return known.ok ? ok(await membersOf(db, input.id, input)) : known;
    },
  );

  router.on(
    "archiveCommunity",
    endpoints.archiveCommunity,
    { tag: "Administration", summary: "Archive any community, or open it again" },
    async ({ me, input }) =>
      shown(
        await authority.change(
          asAdmin(me.person.id, (trx, consequences) => archive(trx, consequences, me.person.id, input)),
        ),
        input.id,
      ),
  );

  router.on(
    "giveCommunity",
    endpoints.giveCommunity,
    { tag: "Administration", summary: "Give any community to one of its members" },
    async ({ me, input }) =>
      shown(
        await authority.change(
          asAdmin(me.person.id, (trx, consequences) => give(trx, consequences, me.person.id, input)),
        ),
        input.id,
      ),
  );

  router.on(
    "deleteCommunity",
    endpoints.deleteCommunity,
    { tag: "Communities", summary: "Have a community deleted after some days, for its owner and for admins" },
    async ({ me, input }) => {
      const { deletionDays: days } = await readSettings(db);
      return authority.change((trx, consequences) => deleteLater(trx, consequences, me.person.id, { ...input, days }));
    },
  );

  router.on(
    "deletion",
    endpoints.deletion,
    { tag: "Communities", summary: "Whether and when a community will be deleted" },
    async ({ me, input }) => {
      const found = await deletionOf(db, me.person.id, input.id);
      return found.ok ? ok({ ...found.value, days: (await readSettings(db)).deletionDays }) : found;
    },
  );

  router.on(
    "keepCommunity",
    endpoints.keepCommunity,
    { tag: "Communities", summary: "Take the deletion of a community back" },
    ({ me, input }) => authority.change((trx, consequences) => keep(trx, consequences, me.person.id, input.id)),
  );
}

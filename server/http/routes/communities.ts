import { endpoints } from "#shared/protocol/http/endpoints.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import { fail, ok } from "#shared/result.ts";
import { changeCommunity, createCommunity } from "#server/communities/communities.ts";
import { communitiesOf, communityFacts, discoverable } from "#server/communities/community-facts.ts";
import {
  changeRole,
  joinCommunity,
  leaveCommunity,
  members,
  removeMember,
  transferCommunity,
} from "#server/communities/members.ts";
import { reachCommunity } from "#server/communities/reach.ts";
import type { Result } from "#shared/result.ts";
import type { Failure } from "#shared/protocol/problems.ts";

import { mayFound } from "#server/installation/settings.ts";
import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Communities and who is in them. */
export function communityRoutes(router: Router, { db, authority }: WebDependencies): void {
  /** After a change, the community as the person now sees it. */
  const shown = async (done: Result<unknown, Failure>, person: MemberId, id: CommunityId) =>
    done.ok ? ok(await communityFacts(db, person, id)) : done;

  router.on(
    "createCommunity",
    endpoints.createCommunity,
    { tag: "Communities", summary: "Found a community" },
    async ({ me, input }) => {
      const made = await authority.change(async (trx, consequences) =>
        (await mayFound(trx, me.person.id))
          ? createCommunity(trx, consequences, me.person.id, input)
          : fail<Failure>({ kind: "forbidden" }),
      );
      return made.ok ? shown(made, me.person.id, made.value) : made;
    },
  );

  router.on(
    "communities",
    endpoints.communities,
    { tag: "Communities", summary: "One's own communities" },
    async ({ me }) => ok({ communities: await communitiesOf(db, me.person.id) }),
  );

  router.on(
    "discoverCommunities",
    endpoints.discoverCommunities,
    { tag: "Communities", summary: "Open communities that one may join" },
    async ({ me, input }) => ok(await discoverable(db, me.person.id, input)),
  );

  router.on("community", endpoints.community, { tag: "Communities", summary: "One community" }, async ({ me, input }) =>
    shown(await reachCommunity(db, me.person.id, input.id, "read"), me.person.id, input.id),
  );

  router.on(
    "changeCommunity",
    endpoints.changeCommunity,
    { tag: "Communities", summary: "Change or archive a community" },
    async ({ me, input }) => {
      const { id, ...change } = input;
      const done = await authority.change((trx, consequences) =>
        changeCommunity(trx, consequences, me.person.id, id, change),
      );
      return shown(done, me.person.id, id);
    },
  );

  router.on(
    "joinCommunity",
    endpoints.joinCommunity,
    { tag: "Communities", summary: "Join an open community" },
    async ({ me, input }) => {
      const done = await authority.change((trx, consequences) =>
        joinCommunity(trx, consequences, me.person.id, input.id),
      );
      return shown(done, me.person.id, input.id);
    },
  );

  router.on(
    "leaveCommunity",
    endpoints.leaveCommunity,
    { tag: "Communities", summary: "Leave a community" },
    ({ me, input }) =>
      authority.change((trx, consequences) => leaveCommunity(trx, consequences, me.person.id, input.id)),
  );

  router.on(
    "transferCommunity",
    endpoints.transferCommunity,
    { tag: "Communities", summary: "Hand a community to another member" },
    async ({ me, input }) => {
      const done = await authority.change((trx, consequences) =>
        transferCommunity(trx, consequences, me.person.id, input),
      );
      return shown(done, me.person.id, input.id);
    },
  );

  router.on(
    "members",
    endpoints.members,
    { tag: "Communities", summary: "The members of a community" },
    ({ me, input }) => members(db, me.person.id, input.id, input),
  );

  router.on(
    "changeRole",
    endpoints.changeRole,
    { tag: "Communities", summary: "Change what a member may do" },
    ({ me, input }) => authority.change((trx, consequences) => changeRole(trx, consequences, me.person.id, input)),
  );

  router.on(
    "removeMember",
    endpoints.removeMember,
    { tag: "Communities", summary: "Remove a member" },
    ({ me, input }) => authority.change((trx, consequences) => removeMember(trx, consequences, me.person.id, input)),
  );
}

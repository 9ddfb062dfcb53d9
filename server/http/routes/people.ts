import { isUuid, type MemberId } from "#shared/ids.ts";
import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { links } from "#shared/protocol/links.ts";
import { ok } from "#shared/result.ts";
import { accounts, resetLink } from "#server/auth/accounts.ts";
import { findPeople, profiles } from "#server/communities/find-people.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Other people. */
export function peopleRoutes(router: Router, { db, authority }: WebDependencies): void {
  router.on(
    "findPeople",
    endpoints.findPeople,
    { tag: "People", summary: "Find people to talk with" },
    async ({ me, input }) => ok({ people: [...(await findPeople(db, me.person, input.q))] }),
  );

  router.on(
    "profiles",
    endpoints.profiles,
    { tag: "People", summary: "Names of people by their ids" },
    async ({ input }) => ok({ profiles: await profiles(db, input.ids.split(",").filter(isUuid) as MemberId[]) }),
  );

  router.on(
    "accounts",
    endpoints.accounts,
    { tag: "People", summary: "Everybody here, for platform admins" },
    ({ me, input }) => accounts(db, me.person, input),
  );

  router.on(
    "makeResetLink",
    endpoints.makeResetLink,
    { tag: "People", summary: "Make a link with which a person chooses a new password" },
    async (call) => {
      const { me, input, origin } = call;
      const link = await authority.change((trx) => resetLink(trx, me.person, input.id));
      if (!link.ok) return link;
      const { token, expiresAt } = link.value;
      return ok({ url: links.reset(origin, token), token, expiresAt: expiresAt.getTime() });
    },
  );
}

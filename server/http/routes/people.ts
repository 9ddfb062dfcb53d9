import { isUuid, type MemberId } from "#shared/ids.ts";
import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { ok } from "#shared/result.ts";
import { findPeople, profiles } from "#server/communities/find-people.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Other people. */
export function peopleRoutes(router: Router, { db }: WebDependencies): void {
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
}

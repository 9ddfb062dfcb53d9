import { createResource, type Accessor } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import type { CommunityId } from "#shared/ids.ts";

/** A community as this device knows it, with what only the server can add: how many are in it, and those one is not in. */
export function createAbout(id: Accessor<CommunityId>) {
  const api = useApi();
  const local = useLocal();
  const [answer] = createResource(id, (id) => api.community({ id }));

  const known = () => local.communities().find((community) => community.id === id());
  const told = () => {
    const now = answer();
    return now?.ok === true && now.value.id === id() ? now.value : undefined;
  };

  return {
    community: () => known() ?? told(),
    members: () => told()?.members,
    role: () => local.membershipOf(id())?.role,
    problem: () => {
      const now = answer();
      return now?.ok === false ? now.problem : undefined;
    },
  };
}

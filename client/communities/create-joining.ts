import { useNavigate } from "@solidjs/router";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { communityPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useLocal } from "#client/sync/use-local.ts";
import type { Community } from "#shared/protocol/http/communities.ts";

/** Joins an open community and goes in. */
export function createJoining() {
  const api = useApi();
  const local = useLocal();
  const navigate = useNavigate();
  const act = createAct();

  async function go({ id }: Pick<Community, "id">): Promise<void> {
    const answer = await act.run(() => api.joinCommunity({ id }));
    if (!answer.ok) return;
    await arrived(() => local.membershipOf(id) !== undefined);
    navigate(communityPath(id));
  }

  return { busy: act.busy, problem: act.problem, go };
}

import { useNavigate } from "@solidjs/router";

import { useSession } from "#client/sync/use-session.ts";
import type { Me } from "#shared/protocol/http/account.ts";

/** Opens what this device holds of somebody who has just signed in, and goes on to an address. */
export function useEntrance(): (me: Me, to: string) => Promise<void> {
  const session = useSession();
  const navigate = useNavigate();

  return async (me, to) => {
    await session.enter(me);
    // A link that worked once, or a form that is done, is nothing to go back to.
    navigate(to, { replace: true });
  };
}

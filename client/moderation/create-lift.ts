import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { say } from "#client/ui/toasts.ts";
import type { CommunityId } from "#shared/ids.ts";

import { deskName } from "./create-details.ts";

/** Undoes a measure: whoever was taken out by it is again what they were, and they are told. */
export function createLift(community: CommunityId, onDone: () => void) {
  const api = useLaterApi();
  const act = createAct();

  return {
    busy: act.busy,
    async lift(id: string): Promise<void> {
      const answer = await act.run(() => api.liftMeasure({ desk: deskName(community), id, restore: "true" }));
      say(answer.ok ? "Lifted. They are told." : (act.problem()?.text ?? "That could not be done."));
      if (answer.ok) onDone();
    },
  };
}

import { createSignal, onMount } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import type { Api } from "#client/api/create-api.ts";
import type { SessionLine } from "#shared/protocol/http/account.ts";

/** The sessions of this account, the present one first. */
export function createSessions(api: Api) {
  const [all, setAll] = createSignal<readonly SessionLine[]>([]);
  const act = createAct();

  async function load(): Promise<void> {
    const answer = await act.run(() => api.sessions());
    if (answer.ok) setAll(answer.value.sessions.toSorted(byUse));
  }

  async function end({ handle }: SessionLine): Promise<void> {
    const answer = await act.run(() => api.endSession({ handle }));
    if (answer.ok) setAll((was) => was.filter((session) => session.handle !== handle));
  }

  async function endOthers(): Promise<void> {
    for (const session of all()) if (!session.current) await end(session);
  }

  onMount(() => void load());

  return { all, problem: act.problem, end, endOthers };
}

const byUse = (one: SessionLine, other: SessionLine): number =>
  Number(other.current) - Number(one.current) || other.seenAt - one.seenAt;

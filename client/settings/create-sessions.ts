import { createSignal, onMount } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import type { ApiProblem } from "#client/api/problem.ts";
import type { SessionLine } from "#shared/protocol/http/account.ts";

/** The sessions of this account, the present one first. */
export function createSessions(api: Api) {
  const [all, setAll] = createSignal<readonly SessionLine[]>([]);
  const [problem, setProblem] = createSignal<ApiProblem>();

  async function load(): Promise<void> {
    const answer = await api.sessions();
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setAll(answer.value.sessions.toSorted(byUse));
  }

  async function end({ handle }: SessionLine): Promise<void> {
    const answer = await api.endSession({ handle });
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setAll((was) => was.filter((session) => session.handle !== handle));
  }

  async function endOthers(): Promise<void> {
    await Promise.all(all().filter(({ current }) => !current).map(end));
  }

  onMount(() => void load());

  return { all, problem, end, endOthers };
}

const byUse = (one: SessionLine, other: SessionLine): number =>
  Number(other.current) - Number(one.current) || other.seenAt - one.seenAt;

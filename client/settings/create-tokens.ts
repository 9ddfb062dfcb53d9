import { createSignal, onMount } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import type { Api } from "#client/api/create-api.ts";
import type { AccessTokenLine } from "#shared/protocol/http/account.ts";

/** The access tokens of this account, the newest first. */
export function createTokens(api: Api) {
  const [all, setAll] = createSignal<readonly AccessTokenLine[]>([]);
  const act = createAct();

  async function load(): Promise<void> {
    const answer = await act.run(() => api.tokens());
    if (answer.ok) setAll(answer.value.tokens);
  }

  async function revoke({ handle }: AccessTokenLine): Promise<void> {
    const answer = await act.run(() => api.revokeToken({ handle }));
    if (answer.ok) setAll((was) => was.filter((token) => token.handle !== handle));
  }

  onMount(() => void load());

  return { all, problem: act.problem, load, revoke };
}

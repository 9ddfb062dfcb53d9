import { createSignal } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import { rememberedAccount } from "#client/storage/accounts.ts";
import { createLocal } from "#client/sync/create-local.ts";
import type { Local } from "#client/sync/local.ts";
import type { Account, Session } from "#client/sync/use-session.ts";

/** The session of this browser: whoever was signed in last is shown at once, with or without a network. */
export async function createSession(api: Api): Promise<Session> {
  const [local, setLocal] = createSignal<Local>();

  async function enter(account: Account): Promise<void> {
    local()?.close();
    setLocal(await createLocal(account, api, { wiped: () => setLocal(undefined) }));
  }

  async function leave(): Promise<void> {
    const left = local();
    setLocal(undefined);
    await left?.wipe();
  }

  const last = rememberedAccount();
  if (last !== undefined) await enter(last);
  return { local, enter, leave };
}

import { createSignal } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import { haveLeft, leavingAccounts, rememberAccount, rememberedAccount } from "#client/storage/accounts.ts";
import { removeDatabases } from "#client/storage/database.ts";
import { createLocal } from "#client/sync/create-local.ts";
import type { Local } from "#client/sync/local.ts";
import type { Account, Session } from "#client/sync/use-session.ts";
import type { MemberId } from "#shared/ids.ts";

/**
 * Opens the account that this device remembers, without asking anybody: a start without a network shows what one had.
 * Only where nobody is remembered is the server asked whose cookie this is.
 */
export async function createSession(api: Api): Promise<Session> {
  const [local, setLocal] = createSignal<Local>();

  /** Nobody comes in before everybody who left is gone. */
  let leaving: Promise<unknown> = Promise.all(leavingAccounts().map(finishLeaving));

  async function open(account: Account): Promise<void> {
    await leaving;
    setLocal(await createLocal(account, api, { wiped: () => setLocal(undefined) }));
  }

  async function enter(account: Account): Promise<void> {
    const before = local();
    rememberAccount(account);
    // Signed in again after the session had ended: everything here is theirs still, only the server has to be told.
    if (before?.me().id === account.id) return before.reconnect();
    before?.close();
    await open(account);
  }

  async function leave(): Promise<void> {
    leaving = Promise.all([leaving, local()?.wipe()]);
    setLocal(undefined);
    await leaving;
  }

  const account = rememberedAccount() ?? (await whoseCookie(api));
  if (account !== undefined) await open(account);

  return { local, enter, leave };
}

async function finishLeaving(id: MemberId): Promise<void> {
  await removeDatabases(id);
  haveLeft(id);
}

async function whoseCookie(api: Api): Promise<Account | undefined> {
  const answer = await api.me();
  if (!answer.ok) return undefined;
  rememberAccount(answer.value);
  return answer.value;
}

import * as z from "zod/mini";

import { memberId, type MemberId } from "#shared/ids.ts";

const KEY = "folkmoot.account";
const LEAVING = "folkmoot.leaving";

const account = z.object({ id: memberId, name: z.string(), platformAdmin: z.boolean(), incarnation: z.string() });

const leaving = z.array(memberId);

/** Who is signed in on this device, as the server last said. */
export type RememberedAccount = z.infer<typeof account>;

/** Whose data a start without a network shows. */
export function rememberedAccount(): RememberedAccount | undefined {
  try {
    const read = account.safeParse(JSON.parse(localStorage.getItem(KEY) ?? "null"));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

export function rememberAccount({ id, name, platformAdmin, incarnation }: RememberedAccount): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ id, name, platformAdmin, incarnation }));
  } catch {
    // This browser keeps nothing: the next start asks for a sign-in, and says so.
  }
}

export function forgetAccount(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing could be kept, so there is nothing to forget.
  }
}

/** Who has signed out here, and of whom something may be left: a page can be closed before all is removed. */
export function leavingAccounts(): readonly MemberId[] {
  try {
    const read = leaving.safeParse(JSON.parse(localStorage.getItem(LEAVING) ?? "[]"));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}

export const beginLeaving = (id: MemberId): void => keepLeaving([...leavingAccounts(), id]);

export const haveLeft = (id: MemberId): void => keepLeaving(leavingAccounts().filter((other) => other !== id));

function keepLeaving(ids: readonly MemberId[]): void {
  try {
    localStorage.setItem(LEAVING, JSON.stringify(ids));
  } catch {
    // This browser keeps nothing: nothing is left of anybody.
  }
}

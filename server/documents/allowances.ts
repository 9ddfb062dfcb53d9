import type { MemberId } from "#shared/ids.ts";
import type { Demand } from "#server/gate/judge.ts";

/** Entries that somebody may add to one document at once. */
const BURST = 2_000;
const ENTRIES_PER_SECOND = 20;
const LATE_ENTRIES_PER_DAY = 2_000;
const CLIENTS_PER_DAY = 200;
const DAY = 24 * 3_600_000;

export interface Allowances {
  /** Spends what is demanded and answers 0, or spends nothing and answers how many ms to wait. */
  waitFor(member: MemberId, document: string, demand: Demand): number;
  /** Takes back what was spent on something that came to nothing. */
  giveBack(member: MemberId, document: string, demand: Demand): void;
}

/** For whoever only says what has been decided already. */
export const unlimited: Allowances = { waitFor: () => 0, giveBack: () => undefined };

interface Account {
  tokens: number;
  at: number;
  day: number;
  late: number;
  clients: number;
}

/** What each member may still add to each document, by receipt. Kept in memory; forgotten when it is full again. */
export function createAllowances(now: () => number = Date.now): Allowances & {
  /** Drops what says nothing any more. */
  sweep(): void;
} {
  const accounts = new Map<string, Account>();

  function accountOf(name: string): Account {
    const time = now();
    const account = accounts.get(name) ?? { tokens: BURST, at: time, day: time, late: 0, clients: 0 };
    account.tokens = Math.min(BURST, account.tokens + ((time - account.at) / 1_000) * ENTRIES_PER_SECOND);
    account.at = time;
    if (time - account.day >= DAY) Object.assign(account, { day: time, late: 0, clients: 0 });
    accounts.set(name, account);
    return account;
  }

  function spend(account: Account, { entries, late, clients }: Demand, times: 1 | -1): void {
    account.tokens -= times * entries;
    account.late = Math.max(0, account.late + times * late);
    account.clients = Math.max(0, account.clients + times * clients);
  }

  return {
    waitFor(member, document, demand) {
      const account = accountOf(`${member} ${document}`);
      const wait = waitOf(account, demand, now());
      if (wait <= 0) spend(account, demand, 1);
      return wait;
    },
    giveBack: (member, document, demand) => spend(accountOf(`${member} ${document}`), demand, -1),
    sweep() {
      for (const name of accounts.keys()) if (isFresh(accountOf(name))) accounts.delete(name);
    },
  };
}

/** Who has all of an allowance may send any frame, and is in debt afterwards: else a large one would wait for ever. */
function waitOf(account: Account, demand: Demand, now: number): number {
  if (
    isOver(account.late, demand.late, LATE_ENTRIES_PER_DAY) ||
    isOver(account.clients, demand.clients, CLIENTS_PER_DAY)
  )
    return account.day + DAY - now;
  const needed = Math.min(demand.entries, BURST);
  return Math.max(0, Math.ceil(((needed - account.tokens) / ENTRIES_PER_SECOND) * 1_000));
}

const isOver = (used: number, more: number, allowed: number): boolean => used > 0 && used + more > allowed && more > 0;

const isFresh = ({ tokens, late, clients }: Account): boolean => tokens >= BURST && late === 0 && clients === 0;

import type { Kysely } from "kysely";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";

import { refreshCases } from "./refresh.ts";

export interface Settlement {
  readonly desk: CommunityId;
  readonly case: string;
  readonly author: MemberId;
  /** Names it among the author's. */
  readonly id: string;
  readonly outcome: "dismissed" | "hidden" | "acted" | "reopened";
  /** It answers what was received until then. */
  readonly until: number;
  /** When it was decided, by the clock of whoever did. */
  readonly at: number;
  readonly received: number;
  /** It was read in a document, and will be again. */
  readonly projected: boolean;
}

/** Notes what moderators have decided, and what follows for the desk and for those who reported. Once, however often it is told. */
export async function settle(trx: Kysely<Database>, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  await trx
    .insertInto("settlement")
    .values(settlements.map(rowOf))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await refreshCases(trx, settlements);
}

/** Nobody has seen what came in after their decision, nor decides in advance. */
const rowOf = ({ case: case_key, until, at, received, ...rest }: Settlement) => ({
  case_key,
  until: Math.min(until, received),
  at: Math.min(at, received),
  received,
  ...rest,
});

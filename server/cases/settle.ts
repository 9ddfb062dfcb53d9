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
  readonly received: number;
  /** It was read in a document, and will be again. */
  readonly projected: boolean;
}

/** Notes what moderators have decided, and what follows for the desk and for those who reported. Once, however often it is told. */
export async function settle(trx: Kysely<Database>, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  await trx
    .insertInto("settlement")
    .values(settlements.map(({ case: case_key, ...rest }) => ({ case_key, ...rest })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const [desk, own] of Map.groupBy(settlements, ({ desk }) => desk))
    await refreshCases(
      trx,
      desk,
      own.map((one) => one.case),
    );
}

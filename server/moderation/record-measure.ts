import type { Kysely } from "kysely";

import type { AuditAct } from "#shared/audit/acts.ts";
import { PLATFORM, type CommunityId, type MemberId } from "#shared/ids.ts";
import { record } from "#server/audit/record.ts";
import type { Database } from "#server/database/types.ts";

import type { MeasureKind, NewMeasure } from "./measures.ts";

const acts = {
  warn: "member.warn",
  mute: "member.mute",
  kick: "member.remove",
  ban: "member.ban",
} as const satisfies Readonly<Record<MeasureKind, AuditAct>>;

/** Why and until when, as its person is told too. */
export const recordTaken = (
  trx: Kysely<Database>,
  desk: CommunityId,
  actor: MemberId,
  { kind, person, reason, until, about }: NewMeasure,
): Promise<void> =>
  record(trx, {
    actor,
    act: acts[kind],
    ...against(desk, person),
    details: { reason, until: until ?? null, case: about ?? null },
  });

interface Lifted {
  readonly kind: MeasureKind;
  readonly person: MemberId;
  readonly restore: boolean;
}

/** Also the answer to an appeal, where there was one. */
export const recordLifted = (
  trx: Kysely<Database>,
  desk: CommunityId,
  actor: MemberId,
  { kind, person, restore }: Lifted,
): Promise<void> =>
  record(trx, {
    actor,
    act: "measure.lift",
    ...against(desk, person),
    details: { measure: kind, restored: restore },
  });

const against = (desk: CommunityId, person: MemberId) =>
  ({ target: { kind: "person", id: person }, community: desk === PLATFORM ? null : desk }) as const;

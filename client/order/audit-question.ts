import { auditActs, type AuditAct } from "#shared/audit/acts.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";

/** What is in the address: a link keeps what one looks at. */
export interface AuditSearch {
  readonly q?: string;
  readonly who?: string;
  readonly act?: string;
  readonly target?: string;
  readonly community?: string;
  /** Days, as 2026-11-28, in this device's time. Both are within. */
  readonly from?: string;
  readonly until?: string;
}

export type AuditQuestion = ReturnType<typeof questionOf>;

/** The same as the server is asked. What was mistyped in an address is passed over. */
export function questionOf({ q = "", who, act, target, community, from, until }: AuditSearch) {
  const start = dayStart(from, 0);
  const end = dayStart(until, 1);
  return {
    ...(q.trim() !== "" && { q: q.trim() }),
    ...(who !== undefined && { who: who as MemberId }),
    ...(act !== undefined && act in auditActs && { act: act as AuditAct }),
    ...(target !== undefined && { target }),
    ...(community !== undefined && { community: community as CommunityId }),
    ...(start !== undefined && { from: String(start) }),
    ...(end !== undefined && { until: String(end) }),
  };
}

function dayStart(day: string | undefined, plus: number): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "") ?? [];
  if (year === undefined) return undefined;
  const time = new Date(Number(year), Number(month) - 1, Number(date) + plus).getTime();
  return time >= 0 ? time : undefined;
}

/** Where the same comes as a file. */
export const exportPath = (of: string, search: AuditSearch, format: "csv" | "ndjson"): string =>
  `/api/v1${of}?${new URLSearchParams({ ...questionOf(search), format }).toString()}`;

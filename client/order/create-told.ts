import { createMemo, type Accessor } from "solid-js";

import type { Local } from "#client/sync/local.ts";
import { foldTold, type Told } from "#shared/entries/told.ts";
import { caseOf, type Ground, type Reported } from "#shared/entries/kinds/report.ts";
import { homeOf } from "#shared/ids.ts";

/** What the server has told this person about themselves, and what they have reported. */
export function createTold(local: Local): Accessor<Told> {
  const me = local.me().id;
  const entries = local.openLog(homePlace(local));
  return createMemo(() => foldTold(entries(), me));
}

const homePlace = (local: Local) => ({ channel: homeOf(local.me().id), log: "user" }) as const;

/** Reports something; in one's own home, which leaves when there is a network. */
export const report = (local: Local, target: Reported, ground: Ground, note: string): Promise<void> =>
  local.write(homePlace(local), { kind: "report", target, ground, note, open: true });

export const withdraw = (local: Local, target: Reported, ground: Ground): Promise<void> =>
  local.write(homePlace(local), { kind: "report", target, ground, note: "", open: false });

export const appeal = (local: Local, against: string, note: string): Promise<void> =>
  local.write(homePlace(local), { kind: "appeal", against, note });

/** Whether a report of one's own stands, unanswered. */
export function openReport(told: Told, target: Reported) {
  const mine = told.reports.get(caseOf(target));
  const answer = told.notices.find((notice) => notice.kind === "verdict" && notice.case === caseOf(target));
  return mine?.open === true && (answer === undefined || answer.at < mine.at) ? mine : undefined;
}

import { createMemo, type Accessor } from "solid-js";

import type { Local } from "#client/sync/local.ts";
import { foldDesk, type DeskCase } from "#shared/entries/desk.ts";
import { deskOf, type CommunityId } from "#shared/ids.ts";

/** The desk of a community's moderators, or the platform's, from this device: everything here works without a network. */
export interface Desk {
  readonly cases: Accessor<readonly DeskCase[]>;
  readonly claim: (which: DeskCase, on: boolean) => Promise<void>;
  readonly remark: (which: DeskCase, body: string) => Promise<void>;
  /** About all that is known of the case now. */
  readonly decide: (which: DeskCase, outcome: "dismissed" | "hidden" | "reopened") => Promise<void>;
}

export function createDesk(local: Local, community: CommunityId): Desk {
  const place = { channel: deskOf(community), log: "desk" } as const;
  const entries = local.openLog(place);

  return {
    cases: createMemo(() => foldDesk(entries()).filter(isWorth)),
    claim: (which, on) => local.write(place, { kind: "claim", case: which.case, on }),
    remark: (which, body) => local.write(place, { kind: "remark", case: which.case, body }),
    decide: (which, outcome) => local.write(place, { kind: "decision", case: which.case, outcome, until: which.last }),
  };
}

/** What was reported and taken back before anybody decided is nobody's business any more. */
const isWorth = ({ reports, outcome }: DeskCase): boolean => reports > 0 || outcome !== undefined;

import type { DocumentRef } from "#shared/documents/names.ts";
import { ok, type Result } from "#shared/result.ts";
import { readPageUpdate } from "#server/gate/page/read-page-update.ts";
import { FRAME, readUpdate, STEP_2, type UnreadableUpdate } from "#server/gate/read-update.ts";

import type { Frame, PageFrame } from "./task.ts";

type ReadFrame = Pick<Frame, "kind" | "update"> | Pick<PageFrame, "kind" | "update">;

/** Reads what a client sent. A page has a grammar of its own. */
export function readFrame(
  kind: DocumentRef["kind"] | undefined,
  bytes: Uint8Array,
  step2: boolean,
): Result<ReadFrame, UnreadableUpdate> {
  if (kind === "page") {
    const page = readPageUpdate(bytes);
    return page.ok ? ok({ kind: "page-frame", update: page.value }) : page;
  }
  const log = readUpdate(bytes, step2 ? STEP_2 : FRAME);
  return log.ok ? ok({ kind: "frame", update: log.value }) : log;
}

/** How much there is to judge. */
export const structsIn = ({ update }: ReadFrame): number =>
  "structs" in update ? update.structs.length : update.items.length;

import { OutgoingMessage, type Connection } from "@hocuspocus/server";

import { refusals } from "#shared/protocol/refusals.ts";
import type { Outcome } from "#server/documents/task.ts";
import { refuse, type Refusal } from "#server/gate/verdict.ts";

import { tell } from "./peer.ts";

/** Tells a sender what became of a frame. Silence for what was committed in answer to a step 1. */
export function answer(connection: Connection, outcome: Exclude<Outcome, { kind: "behind" }>, step2: boolean): void {
  if (outcome.kind === "committed") {
    if (!step2) tellCommitted(connection, outcome);
    connection.send(new OutgoingMessage(connection.messageAddress).writeSyncStatus(true).toUint8Array());
    return;
  }
  tellRefused(connection, outcome.kind === "refused" ? outcome : refuse("not-a-member", "no such document"), step2);
}

function tellCommitted(connection: Connection, { version, received, entries }: Outcome & { kind: "committed" }): void {
  tell(connection, { type: "committed", document: connection.document.name, version, received, entries: [...entries] });
}

function tellRefused(connection: Connection, refusal: Refusal, step2: boolean): void {
  const { code, entries, retryAfter, head, until, because } = refusal;
  tell(connection, {
    type: "refused",
    document: connection.document.name,
    code,
    class: refusals[code].class,
    entries: [...entries],
    reason: refusals[code].text,
    ...(step2 ? { step2 } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(head === undefined ? {} : { head }),
    ...(until === undefined ? {} : { until }),
    ...(because === undefined ? {} : { because }),
  });
}

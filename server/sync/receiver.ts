import type { Connection, Document } from "@hocuspocus/server";

import { clientMessage, parseMessage, type ClientMessage } from "#shared/protocol/stateless.ts";
import type { Committer } from "#server/documents/committer.ts";
import { FRAME, readUpdate, STEP_2 } from "#server/gate/read-update.ts";
import { refuse } from "#server/gate/verdict.ts";

import { answer } from "./answers.ts";
import type { Incoming, Receive } from "./frames.ts";
import type { Library } from "./library.ts";
import { personAt } from "./peer.ts";
import { answerStep1, askStep1 } from "./steps.ts";

export interface ReceiverDependencies {
  readonly committer: Committer;
  readonly library: Library;
  readonly said: (connection: Connection, document: Document, message: ClientMessage) => void;
  readonly failed: (error: unknown) => void;
}

/** Frames of one connection that may wait for their commit before the next one is read. */
const MAX_IN_FLIGHT = 32;
/** Step 1 costs the server more than the client: a few at once, then one a second. */
const STEP_1_BURST = 20;
const MAX_STATELESS = 2_048;

interface Traffic {
  readonly inFlight: Set<Promise<void>>;
  steps: number;
  since: number;
}

/** Takes what clients send: parses it, submits it, and tells them what became of it. */
export function createReceiver({ committer, library, said, failed }: ReceiverDependencies): Receive {
  const trafficOf = new WeakMap<Connection, Traffic>();

  const traffic = (connection: Connection): Traffic => {
    const own = trafficOf.get(connection) ?? { inFlight: new Set(), steps: STEP_1_BURST, since: Date.now() };
    trafficOf.set(connection, own);
    return own;
  };

  function step1(connection: Connection, document: Document, stateVector: Uint8Array): void {
    const own = traffic(connection);
    const now = Date.now();
    own.steps = Math.min(STEP_1_BURST, own.steps + (now - own.since) / 1_000) - 1;
    own.since = now;
    const version = library.get(document.name)?.version;
    if (own.steps < 0 || version === undefined || !answerStep1(connection, document, version, stateVector)) {
      connection.close({ code: 4400, reason: "too many or unreadable requests" });
    }
  }

  async function submit(connection: Connection, document: Document, bytes: Uint8Array, step2: boolean): Promise<void> {
    const update = readUpdate(bytes, step2 ? STEP_2 : FRAME);
    if (!update.ok) return answer(connection, refuse(update.problem.kind, update.problem.why), step2);

    const live = library.get(document.name);
    if (live === undefined) return answer(connection, { kind: "no-such-document" }, step2);

    const outcome = await committer.submit({ kind: "frame", document: document.name, live, update: update.value, step2, sender: personAt(connection) });
    if (outcome.kind === "behind") askStep1(connection, document);
    else answer(connection, outcome, step2);
  }

  /** Frames are submitted in the order in which they came, without waiting for one another's commit. */
  async function update(connection: Connection, document: Document, { update: bytes, step2 }: Incoming & { kind: "update" }): Promise<void> {
    const { inFlight } = traffic(connection);
    const work: Promise<void> = submit(connection, document, bytes, step2).catch(failed).finally(() => inFlight.delete(work));
    inFlight.add(work);
    if (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
  }

  function stateless(connection: Connection, document: Document, text: string): void {
    const message = text.length > MAX_STATELESS ? undefined : parseMessage(clientMessage, text);
    if (message !== undefined) said(connection, document, message);
  }

  return async (connection, document, incoming) => {
    try {
      if (incoming.kind === "update") await update(connection, document, incoming);
      else if (incoming.kind === "step1") step1(connection, document, incoming.stateVector);
      else if (incoming.kind === "stateless") stateless(connection, document, incoming.text);
      else connection.close({ code: 1000, reason: "provider_initiated" });
    } catch (error) {
      failed(error);
    }
  };
}

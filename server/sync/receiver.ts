import type { Connection, Document } from "@hocuspocus/server";

import { clientMessage, parseMessage, type ClientMessage } from "#shared/protocol/stateless.ts";
import type { Committer } from "#server/documents/committer.ts";
import { readFrame, structsIn } from "#server/documents/read-frame.ts";
import type { Outcome } from "#server/documents/task.ts";
import { refuse } from "#server/gate/verdict.ts";

import { answer } from "./answers.ts";
import type { Incoming, Receive } from "./frames.ts";
import type { Library } from "./library.ts";
import { peerOf, personAt, type Peer } from "./peer.ts";
import { LOOK } from "./socket-life.ts";
import { answerStep1, askStep1 } from "./steps.ts";

export interface ReceiverDependencies {
  readonly committer: Committer;
  readonly library: Library;
  /** Makes a peer pay for what answering it costs. */
  readonly charge: (peer: Peer, cost: number) => void;
  /** Told of each answer to a frame, and how long it took. */
  readonly answered: (outcome: Outcome, ms: number) => void;
  readonly said: (connection: Connection, document: Document, message: ClientMessage) => void;
  readonly failed: (error: unknown) => void;
}

/** Frames of one socket, and their bytes, that may wait for their commit before more is read. */
const MAX_IN_FLIGHT = 32;
const MAX_BYTES_IN_FLIGHT = 256 * 1024;
/** Of what a first step 1 is answered with, this part is reckoned: to encode it costs less than to judge it. */
const ANSWER_DISCOUNT = 16;
const MAX_STATELESS = 2_048;

interface InFlight {
  readonly frames: Set<Promise<void>>;
  bytes: number;
}

/** Takes what clients send: parses it, submits it, and tells them what became of it. */
export function createReceiver({ committer, library, charge, answered, said, failed }: ReceiverDependencies): Receive {
  const inFlightOf = new WeakMap<Peer, InFlight>();
  /** Connections that have been asked for what the server lacks, and have not answered yet. */
  const asked = new WeakSet<Connection>();
  /** Connections that have been told what they lack. Once they know, there is not much that they can lack again. */
  const told = new WeakSet<Connection>();

  const inFlightAt = (peer: Peer): InFlight => {
    const own = inFlightOf.get(peer) ?? { frames: new Set(), bytes: 0 };
    inFlightOf.set(peer, own);
    return own;
  };

  function step1(connection: Connection, document: Document, stateVector: Uint8Array): void {
    const version = library.get(document.name)?.version;
    const answered = version === undefined ? undefined : answerStep1(connection, document, version, stateVector);
    if (answered === undefined) return connection.close({ code: 4400, reason: "too many or unreadable requests" });
    asked.add(connection);
    charge(peerOf(connection), told.has(connection) ? answered : answered / ANSWER_DISCOUNT);
    told.add(connection);
  }

  /** Once: the answer holds all that is missing, however many frames have missed something. */
  function ask(connection: Connection, document: Document): void {
    if (!asked.has(connection)) askStep1(connection, document);
    asked.add(connection);
  }

  async function judged(
    connection: Connection,
    document: Document,
    bytes: Uint8Array,
    step2: boolean,
  ): Promise<Outcome> {
    const live = library.get(document.name);
    const read = readFrame(live?.ref.kind, bytes, step2);
    if (!read.ok) return refuse(read.problem.kind, read.problem.why);
    if (live === undefined) return { kind: "no-such-document" };
    charge(peerOf(connection), structsIn(read.value) * LOOK);
    return committer.submit({ ...read.value, document: document.name, live, step2, sender: personAt(connection) });
  }

  async function submit(connection: Connection, document: Document, bytes: Uint8Array, step2: boolean): Promise<void> {
    const began = performance.now();
    const outcome = await judged(connection, document, bytes, step2);
    answered(outcome, performance.now() - began);
    if (outcome.kind === "behind") ask(connection, document);
    else answer(connection, outcome, step2);
  }

  /** Frames are submitted in the order in which they came, without waiting for one another's commit. */
  async function update(
    connection: Connection,
    document: Document,
    { update: bytes, step2 }: Incoming & { kind: "update" },
  ): Promise<void> {
    const peer = peerOf(connection);
    const own = inFlightAt(peer);
    if (step2) asked.delete(connection);

    own.bytes += bytes.length;
    const work: Promise<void> = submit(connection, document, bytes, step2)
      .catch(failed)
      .finally(() => {
        own.frames.delete(work);
        own.bytes -= bytes.length;
      });
    own.frames.add(work);
    await untilLanded(peer, own);
  }

  /** Meanwhile nothing more is read: it would wait in memory. */
  async function untilLanded(peer: Peer, own: InFlight): Promise<void> {
    while (own.frames.size >= MAX_IN_FLIGHT || (own.bytes >= MAX_BYTES_IN_FLIGHT && own.frames.size > 0)) {
      const landed = Promise.race(own.frames);
      peer.hold(landed);
      await landed;
    }
  }

  function stateless(connection: Connection, document: Document, text: string): void {
    const message = text.length > MAX_STATELESS ? undefined : parseMessage(clientMessage, text);
    if (message !== undefined) said(connection, document, message);
  }

  return async (connection, document, incoming) => {
    // What somebody sent before they were put out waits here too, and is no longer theirs to ask.
    if (!document.hasConnection(connection)) return;
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

import type { Doc } from "yjs";

import type { ClientMessage, ServerMessage } from "#shared/protocol/stateless.ts";

/** One document's place on a socket, until either ends. */
export interface Line {
  readonly send: (frame: Uint8Array) => void;
  readonly say: (message: ClientMessage) => void;
  readonly close: () => void;
}

export interface LineListener {
  /** Everything that the server had has arrived. */
  readonly synced: () => void;
  readonly heard: (message: ServerMessage) => void;
  /** The server does not serve this document here, or no longer. */
  readonly ended: () => void;
}

/** The way to the server, over which any number of documents travel. */
export interface Socket {
  /** Tries at once, and again and again after each loss, until told to stop. */
  readonly connect: () => void;
  readonly disconnect: () => void;
  /** Brings a document up to date, and keeps it so. Only while connected. */
  readonly openLine: (document: string, doc: Doc, listener: LineListener) => Line;
}

export interface SocketListener {
  readonly opened: () => void;
  readonly closed: () => void;
}

export type CreateSocket = (listener: SocketListener) => Socket;

import type { Connection, Document } from "@hocuspocus/server";

import type { MemberId } from "#shared/ids.ts";
import type { ServerMessage } from "#shared/protocol/stateless.ts";

/** Who is signed in, as the session cookie says. */
export interface PeerSession {
  /** Names the session without giving it away. */
  readonly handle: string;
  readonly person: MemberId;
}

/** One socket and who sits at it. Shared by all documents that the socket has attached. */
export interface Peer {
  readonly session: PeerSession;
  /** Undefined when the session has ended since. */
  readonly revalidate: () => Promise<PeerSession | undefined>;
  /** Ends the whole socket. */
  readonly end: (code: number, reason: string) => void;
}

/** What Hocuspocus carries for each attached document. */
export interface PeerContext {
  readonly peer: Peer;
}

export type PeerConnection = Connection<PeerContext>;

export const peerOf = (connection: Connection): Peer => (connection.context as PeerContext).peer;

export const personAt = (connection: Connection): MemberId => peerOf(connection).session.person;

/** Says something to one device about one of its documents. */
export const tell = (connection: Connection, message: ServerMessage): void => connection.sendStateless(JSON.stringify(message));

/** Says something to everybody who has a document attached. */
export const tellAll = (document: Document, message: ServerMessage, filter?: (connection: Connection) => boolean): void =>
  document.relayStateless(JSON.stringify(message), filter);

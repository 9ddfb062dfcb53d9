import type { Connection, Document } from "@hocuspocus/server";

import type { MemberId } from "#shared/ids.ts";
import type { ServerMessage } from "#shared/protocol/stateless.ts";

import type { Hold } from "./inbox.ts";

/** Who is signed in, as the session cookie or an access token says. */
export interface PeerSession {
  /** Names the session or token without giving it away. */
  readonly handle: string;
  readonly person: MemberId;
  /** When it ends by itself, in ms since 1970. */
  readonly until?: number | undefined;
}

/** A socket as far as somebody at it has to do with it. */
export interface Line {
  /** Ends the whole socket. */
  readonly end: (code: number, reason: string) => void;
  /** Takes nothing more from the socket until this is over. */
  readonly hold: Hold;
  /** Whether it is still open. */
  readonly isThere: () => boolean;
}

/** One socket and who sits at it. Shared by all documents that the socket has attached. */
export interface Peer extends Line {
  readonly session: PeerSession;
  /** Undefined when the session has ended since. */
  readonly revalidate: () => Promise<PeerSession | undefined>;
  /** Says something about one of its documents, in the words that its client knows. */
  readonly tell: (connection: Connection, message: ServerMessage) => void;
}

/** What Hocuspocus carries for each attached document. */
export interface PeerContext {
  readonly peer: Peer;
  /** How many changes of authority had been heard of before it was asked whether the peer may come in. */
  readonly heard: number;
}

export const peerOf = (connection: Connection): Peer => (connection.context as PeerContext).peer;

export const personAt = (connection: Connection): MemberId => peerOf(connection).session.person;

/** The session as it is now, if it goes on. If it does not, the socket ends. */
export async function goesOn({ revalidate, end }: Peer): Promise<PeerSession | undefined> {
  const session = await revalidate();
  if (session === undefined) end(4401, "session-ended");
  return session;
}

/** How things are said to clients of Hocuspocus. */
export const tellStateless = (connection: Connection, message: ServerMessage): void =>
  connection.sendStateless(JSON.stringify(message));

/** Says something to one device about one of its documents. */
export const tell = (connection: Connection, message: ServerMessage): void =>
  peerOf(connection).tell(connection, message);

/** Says something to everybody who has a document attached. */
export const tellAll = (
  document: Document,
  message: ServerMessage,
  filter?: (connection: Connection) => boolean,
): void => document.relayStateless(JSON.stringify(message), filter);

import { MessageType, type Hocuspocus, type WebSocketLike } from "@hocuspocus/server";
import type { WebSocket } from "ws";

import { readEnvelope, type Envelope } from "./envelope.ts";
import { enterBy, receiveFor } from "./frames.ts";
import { openInbox } from "./inbox.ts";
import { tellStateless, type Line, type Peer, type PeerSession } from "./peer.ts";
import { beat, costOf, OPENING, payingForPings, sendBounded } from "./socket-life.ts";
import type { SocketDependencies } from "./sockets.ts";
import { createStranger, knownVisitor, type Visitor } from "./visitor.ts";

/** Serves a client of Hocuspocus whose session the request's cookie has opened. */
export function serveSignedIn(
  socket: WebSocket,
  session: PeerSession,
  revalidate: Peer["revalidate"],
  deps: SocketDependencies,
): void {
  if (!deps.seats.take(session.person, socket)) return socket.close(1013, "too many sockets");
  serve(socket, deps, (line) => {
    const peer = peerAt(socket, session, revalidate, line, deps);
    return { visitor: knownVisitor(peer), pay: (cost) => deps.charge(peer, cost) };
  });
}

/** What may be said before anybody is known: as much as one frame. */
const MAX_UNKNOWN = 1024 * 1024;
/** What the smallest message counts as. */
const LEAST_UNKNOWN = 2 * 1024;
const PING = Uint8Array.of(MessageType.Ping);

/**
 * Serves a client of Hocuspocus that shows an access token with each document. One that shows none in time, or talks too
 * much before, is sent away.
 */
export function serveStranger(socket: WebSocket, deps: SocketDependencies): void {
  const { charge, findToken, rhythm, seats } = deps;
  const sit = seats.stand(socket);
  if (sit === undefined) return socket.close(1013, "too many sockets");
  const leave = (): void => socket.close(4401, "signed-out");
  const timer = setTimeout(leave, rhythm.patience).unref();
  let unknown = 0;
  let known: Peer | undefined;

  socket.once("close", () => clearTimeout(timer));
  function pay(cost: number): void {
    if (known !== undefined) return charge(known, cost);
    unknown += Math.max(cost, LEAST_UNKNOWN);
    if (unknown > MAX_UNKNOWN) leave();
  }
  serve(socket, deps, (line) => {
    const visitor = createStranger(line, async (token) => {
      const session = await findToken(token);
      if (session === undefined || !seats.take(session.person, socket)) return undefined;
      sit();
      clearTimeout(timer);
      known = peerAt(socket, session, () => findToken(token), line, deps);
      return known;
    });
    return { visitor, pay };
  });
  // The stock provider gives up after 30 s in which it heard nothing. It answers this, which keeps the server from giving up.
  beat(socket, rhythm.beat, PING);
}

function peerAt(
  socket: WebSocket,
  session: PeerSession,
  revalidate: Peer["revalidate"],
  line: Line,
  { charge, receive, doorkeeper }: SocketDependencies,
): Peer {
  const peer: Peer = { session, revalidate, ...line, tell: tellStateless };
  receiveFor(peer, receive);
  doorkeeper.seat(peer, socket);
  charge(peer, OPENING);
  return peer;
}

/** Whoever sits at a socket, and who pays for what they send. */
interface Guest {
  readonly visitor: Visitor;
  readonly pay: (cost: number) => void;
}

function serve(socket: WebSocket, { hocuspocus }: SocketDependencies, welcome: (line: Line) => Guest): void {
  const like = bounded(socket);
  const hold = openInbox(socket, take);
  // A client that never answers the close could go on for half a minute: its documents are taken from it at once.
  const end: Peer["end"] = (code, reason) => {
    socket.close(code, reason);
    connection.handleClose({ code, reason });
  };
  const { visitor, pay } = welcome({ hold, end, isThere: () => socket.readyState === socket.OPEN });
  const connection = hocuspocus.handleConnection(like, new Request("http://localhost/collab"), visitor);
  enterBy(like, connection.handleMessage);

  function take(bytes: Buffer): void {
    pay(costOf(bytes));
    if (socket.readyState !== socket.OPEN) return;
    const envelope = isPong(bytes) ? "pong" : readEnvelope(bytes);
    if (envelope === undefined) socket.close(4400, "unreadable");
    else if (envelope === "pong" || isStrayGoodbye(envelope, connection)) connection.lastMessageReceivedAt = Date.now();
    else connection.handleMessage(new Uint8Array(bytes));
  }
  payingForPings(socket, pay);
  socket.on("close", (code, reason) => connection.handleClose({ code, reason: reason.toString() }));
}

/** Documents of a socket that are attached, or about to be. It holds for the exact version that package.json pins. */
interface Attaching {
  readonly documentConnectionsEstablished: ReadonlySet<string>;
}

/**
 * Who was sent away from a document says goodbye to nobody. Hocuspocus would keep that for when they come back, and end
 * their new connection with it.
 */
const isStrayGoodbye = ({ address, type }: Envelope, connection: ReturnType<Hocuspocus["handleConnection"]>): boolean =>
  type === MessageType.CLOSE && !(connection as unknown as Attaching).documentConnectionsEstablished.has(address);

/** The only message without a document's name. Hocuspocus' server does not know it and would end the socket. */
const isPong = (bytes: Buffer): boolean => bytes.length === 1 && bytes[0] === MessageType.Pong;

/** A socket as Hocuspocus wants it, that gives up on readers who do not read. */
function bounded(socket: WebSocket): WebSocketLike {
  return {
    get readyState() {
      return socket.readyState;
    },
    send: (bytes: Uint8Array) => sendBounded(socket, bytes),
    close: (code, reason) => socket.close(code, reason),
  };
}

import type { WebSocketLike } from "@hocuspocus/server";
import type { WebSocket } from "ws";

import { parseDocumentName } from "#shared/documents/names.ts";

import { receiveFor } from "./frames.ts";
import { openInbox } from "./inbox.ts";
import type { Peer, PeerSession } from "./peer.ts";
import { beat, costOf, OPENING, payingForPings, sendBounded } from "./socket-life.ts";
import type { SocketDependencies } from "./sockets.ts";
import { knownVisitor } from "./visitor.ts";
import { addressed, attaching, AWARENESS, denial, hear, SYNC, WHO_IS_HERE } from "./yjs-words.ts";

/** What a y-websocket client asks for in the address of its socket. */
export interface YjsRequest {
  readonly document: string;
  readonly token: string;
  /** Whose token it is; undefined where it opens nothing. */
  readonly session: PeerSession | undefined;
}

/** Codes from 4400 to 4499 tell y-websocket that coming back is no use, all others that it is. */
const FINAL: Readonly<Record<string, number>> = {
  "too many or unreadable requests": 4400,
  "signed-out": 4401,
  "not-a-member": 4403,
};
const REFUSED = 4403;
const REFUSED_FOR_NOW = 4503;
const TROUBLE = 1011;

/**
 * Serves a stock y-websocket client, which has one document, by way of Hocuspocus and under the same gate as everybody.
 * It understands no answers, and what was refused stays in its document: so it is told why, and cut off.
 */
export function serveYjs(socket: WebSocket, { document, token, session }: YjsRequest, deps: SocketDependencies): void {
  if (session === undefined) return cutOff(socket, 4401, "signed-out");
  if (parseDocumentName(document) === undefined) return cutOff(socket, 4403, "not-a-member");
  if (!deps.seats.take(session.person, socket)) return cutOff(socket, 1013, "too many sockets");

  const pay = (cost: number): void => deps.charge(peer, cost);
  const hold = openInbox(socket, (bytes) => {
    pay(costOf(bytes));
    take(bytes);
  });
  const peer: Peer = {
    session,
    revalidate: () => deps.findToken(token),
    hold,
    isThere: () => socket.readyState === socket.OPEN,
    end: (code, reason) => cutOff(socket, code, reason),
    tell(_connection, message) {
      if (message.type !== "refused") return;
      // What passes by itself is sent again: the client comes back with all it has in its first step 2.
      cutOff(socket, message.class === "later" ? REFUSED_FOR_NOW : REFUSED, message.code);
    },
  };
  receiveFor(peer, deps.receive);
  deps.doorkeeper.seat(peer, socket);
  pay(OPENING);
  payingForPings(socket, pay);
  const take = converse(socket, document, peer, deps);
}

/** Answers what takes the client's messages. */
function converse(
  socket: WebSocket,
  document: string,
  peer: Peer,
  { hocuspocus, rhythm }: SocketDependencies,
): (bytes: Buffer) => void {
  const request = new Request("http://localhost/yjs");
  const connection = hocuspocus.handleConnection(disguised(socket), request, knownVisitor(peer));
  connection.handleMessage(attaching(document));

  socket.on("close", (code, reason) => connection.handleClose({ code, reason: reason.toString() }));
  // After 30 s in which it heard nothing the client would connect again. Its answer is passed over, and shows that it lives.
  beat(socket, rhythm.beat, WHO_IS_HERE);

  return (bytes) => {
    // What was under way when somebody was cut off is not taken any more.
    if (socket.readyState !== socket.OPEN) return;
    if (bytes[0] === SYNC) connection.handleMessage(addressed(document, bytes));
    if (bytes[0] === AWARENESS) connection.lastMessageReceivedAt = Date.now();
  };
}

/** A socket as Hocuspocus wants it, behind which nobody understands more than Yjs. */
function disguised(socket: WebSocket): WebSocketLike {
  return {
    get readyState() {
      return socket.readyState;
    },
    send(bytes: Uint8Array) {
      const heard = hear(bytes);
      if (heard?.kind === "sync") sendBounded(socket, heard.message);
      if (heard?.kind === "detached") cutOff(socket, FINAL[heard.reason] ?? TROUBLE, heard.reason);
    },
    close: (_code, reason) => cutOff(socket, TROUBLE, reason ?? ""),
  };
}

function cutOff(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  if (code >= 4400) sendBounded(socket, denial(reason));
  socket.close(code, reason);
}

import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

import type { Hocuspocus, WebSocketLike } from "@hocuspocus/server";
import { WebSocketServer, type WebSocket } from "ws";

import type { Receive } from "./frames.ts";
import { receiveFor } from "./frames.ts";
import type { Peer, PeerContext, PeerSession } from "./peer.ts";

export interface SocketDependencies {
  readonly hocuspocus: Hocuspocus<PeerContext>;
  readonly receive: Receive;
  /** Who is signed in, by the request's cookie. */
  readonly findSession: (request: IncomingMessage) => Promise<PeerSession | undefined>;
  /** Whether the page that opens the socket is ours: a cookie alone would let any site speak for its visitor. */
  readonly isSameSite: (request: IncomingMessage) => boolean;
  readonly failed: (error: unknown) => void;
}

const PATH = "/collab";
const MAX_PAYLOAD = 1024 * 1024;
/** A reader that falls this far behind is cut off; it catches up when it comes back. */
const MAX_BUFFERED = 8 * 1024 * 1024;

/** Takes over the socket upgrades of an HTTP server. `close` ends all sockets. */
export function attachSockets(server: Server, deps: SocketDependencies): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    upgrade(request, socket, head).catch((error: unknown) => {
      deps.failed(error);
      socket.destroy();
    });
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (new URL(request.url ?? "/", "http://localhost").pathname !== PATH) return refuse(socket, "404 Not Found");
    if (!deps.isSameSite(request)) return refuse(socket, "403 Forbidden");
    const session = await deps.findSession(request);
    if (session === undefined) return refuse(socket, "401 Unauthorized");
    sockets.handleUpgrade(request, socket, head, (opened) => serve(opened, request, session, deps));
  }

  return {
    close() {
      sockets.clients.forEach((client) => client.close(1012, "restarting"));
      sockets.close();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function serve(socket: WebSocket, request: IncomingMessage, session: PeerSession, { hocuspocus, receive, findSession, failed }: SocketDependencies): void {
  const peer: Peer = { session, revalidate: () => findSession(request), end: (code, reason) => socket.close(code, reason) };
  receiveFor(peer, receive);
  const connection = hocuspocus.handleConnection(bounded(socket), new Request("http://localhost/collab"), { peer });

  socket.on("message", (bytes: Buffer) => connection.handleMessage(new Uint8Array(bytes)));
  socket.on("close", (code, reason) => connection.handleClose({ code, reason: reason.toString() }));
  socket.on("error", failed);
}

/** A socket as Hocuspocus wants it, that gives up on readers who do not read. */
function bounded(socket: WebSocket): WebSocketLike {
  return {
    get readyState() {
      return socket.readyState;
    },
    send(bytes: Uint8Array) {
      if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
      else socket.send(bytes);
    },
    close: (code, reason) => socket.close(code, reason),
  } as WebSocketLike;
}

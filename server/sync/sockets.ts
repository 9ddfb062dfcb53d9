import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

import type { Hocuspocus } from "@hocuspocus/server";
import { WebSocketServer, type WebSocket } from "ws";

import { serveYjs } from "./bridge.ts";
import { serveSignedIn, serveStranger } from "./collab.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { createExit } from "./exit.ts";
import type { Receive } from "./frames.ts";
import { openOutlet } from "./outlet.ts";
import type { Peer, PeerContext, PeerSession } from "./peer.ts";
import type { Seats } from "./seats.ts";
import type { Visitor } from "./visitor.ts";

/** In ms. */
export interface Rhythm {
  /** How often something is said, so that nobody takes the silence for a loss. */
  readonly beat: number;
  /** How long somebody may take to show a token. */
  readonly patience: number;
  /** After how long a socket that says nothing is taken for dead; at the latest, after twice as long. */
  readonly silence: number;
}

/**
 * What Hocuspocus carries for each document that a socket names: how to find out who is there, and once that is known
 * who it is.
 */
export type SocketContext = Visitor & Partial<PeerContext>;

export interface SocketDependencies {
  readonly hocuspocus: Hocuspocus<SocketContext>;
  readonly receive: Receive;
  readonly seats: Seats;
  readonly doorkeeper: Pick<Doorkeeper, "seat">;
  /** Makes a peer pay for what it has sent, and for the socket itself. */
  readonly charge: (peer: Peer, cost: number) => void;
  /** Who is signed in, by the request's cookie. */
  readonly findSession: (request: IncomingMessage) => Promise<PeerSession | undefined>;
  /** Whose access token it is. */
  readonly findToken: (token: string) => Promise<PeerSession | undefined>;
  /** Whether the page that opens the socket is ours: a cookie alone would let any site speak for its visitor. */
  readonly isSameSite: (request: IncomingMessage) => boolean;
  readonly failed: (error: unknown) => void;
  readonly rhythm: Rhythm;
}

const COLLAB = "/collab";
const YJS = "/yjs/";
const MAX_PAYLOAD = 1024 * 1024;

/** Takes over the socket upgrades of an HTTP server. `close` ends all sockets. */
export function attachSockets(server: Server, deps: SocketDependencies): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    // Of a thousand small messages that come in one piece each is one turn: else all the others would wait for the last.
    allowSynchronousEvents: false,
  });
  const leave = createExit();

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    upgrade(request, socket, head).catch((error: unknown) => {
      deps.failed(error);
      socket.destroy();
    });
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const entry = await enter(request, deps);
    if (typeof entry === "string") {
      refuse(socket, entry);
      leave(socket);
    } else
      sockets.handleUpgrade(request, socket, head, (opened) => {
        // What a client does wrong ends its socket, also one that is being turned away, and concerns nobody else.
        opened.on("error", () => undefined);
        openOutlet(opened, socket);
        entry(opened);
        if (opened.readyState !== opened.OPEN) leave(socket);
      });
  }

  return {
    close() {
      sockets.clients.forEach((client) => client.close(1012, "restarting"));
      sockets.close();
    },
  };
}

/** How a socket is served once it is open, or with which status it is refused. */
type Entry = ((socket: WebSocket) => void) | string;

async function enter(request: IncomingMessage, deps: SocketDependencies): Promise<Entry> {
  const address = URL.parse(request.url ?? "", "http://localhost");
  const isYjs = address?.pathname.startsWith(YJS) === true;
  if (!isYjs && address?.pathname !== COLLAB) return "404 Not Found";
  if (request.headers.upgrade?.toLowerCase() !== "websocket") return "426 Upgrade Required\r\nupgrade: websocket";
  return isYjs ? enterYjs(address, deps) : enterCollab(request, deps);
}

/** A browser always says from which page it comes, and is known by its cookie. Whoever says nothing shows a token later. */
async function enterCollab(request: IncomingMessage, deps: SocketDependencies): Promise<Entry> {
  const isSameSite = deps.isSameSite(request);
  const session = isSameSite ? await deps.findSession(request) : undefined;
  if (session !== undefined) return (socket) => serveSignedIn(socket, session, () => deps.findSession(request), deps);
  if (request.headers.origin === undefined) return (socket) => serveStranger(socket, deps);
  return isSameSite ? "401 Unauthorized" : "403 Forbidden";
}

/** Whatever page it is: a token, unlike a cookie, is only sent by those who have it. */
async function enterYjs({ pathname, searchParams }: URL, deps: SocketDependencies): Promise<Entry> {
  const document = decoded(pathname.slice(YJS.length));
  if (document === undefined) return "400 Bad Request";
  const token = searchParams.get("token") ?? "";
  const session = await deps.findToken(token);
  return (socket) => serveYjs(socket, { document, token, session }, deps);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** What the client goes on saying is read, and nobody's. */
function refuse(socket: Duplex, status: string): void {
  socket.resume().end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

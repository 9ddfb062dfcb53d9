import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { WebSocket } from "ws";
import { readAuthMessage } from "y-protocols/auth";
import { messageAuth, messageAwareness, WebsocketProvider } from "y-websocket";
import { Doc } from "yjs";

import { parseMessage, serverMessage, type ServerMessage } from "#shared/protocol/stateless.ts";

/** A stock client of either kind, with a replica of one document. */
interface Client {
  readonly doc: Doc;
  /** Why it was told that it may not, oldest first. */
  readonly denied: readonly string[];
  /** Codes and reasons with which the server has closed its socket. */
  readonly closed: readonly string[];
  isSynced(): boolean;
  end(): void;
}

export interface YjsClient extends Client {
  readonly provider: WebsocketProvider;
  /** Whether it has given up, since the server said that coming back is no use. */
  isOut(): boolean;
  /** How often it was told who is here. */
  awarenessHeard(): number;
}

export interface HocuspocusClient extends Client {
  readonly provider: HocuspocusProvider;
  readonly said: readonly ServerMessage[];
  /** Why its document was taken from it, while the socket stayed. */
  readonly detached: readonly string[];
}

const open: Client[] = [];

/** Ends every client that a test has opened. */
export function endClients(): void {
  open.splice(0).forEach((client) => client.end());
}

const kept = <Kind extends Client>(client: Kind): Kind => {
  open.push(client);
  return client;
};

/** `url` is where the server listens, as ws://host:port. */
export function yjsClient(url: string, token: string, document: string, doc = new Doc()): YjsClient {
  const denied: string[] = [];
  const closed: string[] = [];
  let isOut = false;
  let awareness = 0;
  const provider = new WebsocketProvider(`${url}/yjs`, encodeURIComponent(document), doc, {
    disableBc: true,
    params: { token },
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
  });
  provider.messageHandlers[messageAuth] = (_encoder, decoder) =>
    readAuthMessage(decoder, doc, (_doc, reason) => void denied.push(reason));
  provider.messageHandlers[messageAwareness] = () => void (awareness += 1);
  provider.on("connection-close", (event) => event && closed.push(`${event.code} ${event.reason}`));
  provider.on("closed", () => (isOut = true));

  return kept({
    doc,
    provider,
    denied,
    closed,
    isOut: () => isOut,
    awarenessHeard: () => awareness,
    isSynced: () => provider.synced,
    end: () => provider.destroy(),
  });
}

/** With headers of its own, or over the socket of another client. */
export function hocuspocusClient(
  url: string,
  token: string,
  document: string,
  by: Readonly<Record<string, string>> | HocuspocusProviderWebsocket = {},
): HocuspocusClient {
  const denied: string[] = [];
  const closed: string[] = [];
  const said: ServerMessage[] = [];
  const detached: string[] = [];
  const doc = new Doc();
  const websocketProvider = by instanceof HocuspocusProviderWebsocket ? by : openSocket(url, by);
  websocketProvider.on("disconnect", ({ event }: { event: CloseEvent }) =>
    closed.push(`${event.code} ${event.reason}`),
  );
  const provider = new HocuspocusProvider({
    websocketProvider,
    name: document,
    document: doc,
    token,
    onAuthenticationFailed: ({ reason }) => denied.push(reason),
    onClose: ({ event }) => detached.push(event.reason),
    onStateless({ payload }) {
      const message = parseMessage(serverMessage, payload);
      if (message !== undefined) said.push(message);
    },
  });
  provider.attach();

  return kept({
    doc,
    provider,
    denied,
    closed,
    said,
    detached,
    isSynced: () => provider.isSynced,
    end() {
      provider.destroy();
      websocketProvider.destroy();
    },
  });
}

const openSocket = (url: string, headers: Readonly<Record<string, string>>): HocuspocusProviderWebsocket =>
  new HocuspocusProviderWebsocket({
    url: `${url}/collab`,
    delay: 50,
    minDelay: 50,
    maxDelay: 100,
    WebSocketPolyfill: class extends WebSocket {
      constructor(address: string) {
        super(address, { headers });
      }
    },
  });

/** A socket that speaks bytes. */
export interface RawSocket {
  readonly heard: readonly Uint8Array[];
  readonly closed: readonly string[];
  send(bytes: Uint8Array): void;
  /** Resolves once the server answers at all: what was sent before has been looked at. */
  echoed(): Promise<void>;
  end(): void;
}

export async function rawSocket(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawSocket> {
  const socket = new WebSocket(url, { headers });
  const heard: Uint8Array[] = [];
  const closed: string[] = [];
  socket.on("message", (bytes: Buffer) => heard.push(new Uint8Array(bytes)));
  socket.on("close", (code, reason) => closed.push(`${code} ${reason.toString()}`));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    heard,
    closed,
    send: (bytes) => socket.send(bytes),
    echoed: () =>
      new Promise((resolve) => {
        socket.once("pong", () => resolve()).once("close", () => resolve());
        socket.ping();
      }),
    end: () => socket.terminate(),
  };
}

import {
  HocuspocusProvider,
  HocuspocusProviderWebsocket,
  type HocuspocusProviderConfiguration,
} from "@hocuspocus/provider";
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import type { Doc } from "yjs";

import { parseMessage, serverMessage } from "#shared/protocol/stateless.ts";

import type { CreateSocket, Line, LineListener } from "./line.ts";

interface SocketOptions {
  readonly url: string;
  /** Where the platform has none, or one that sends no cookies. */
  readonly WebSocket?: unknown;
}

/** After a loss: at once, then with growing pauses up to this, in ms. */
const MAX_PAUSE = 15_000;

/** Documents over one web socket, in the protocol of Hocuspocus. The session's cookie says who one is. */
export const createSocketFor =
  ({ url, WebSocket }: SocketOptions): CreateSocket =>
  ({ opened, closed }) => {
    let websocket: HocuspocusProviderWebsocket | undefined;

    return {
      connect() {
        websocket ??= new HocuspocusProviderWebsocket({
          url,
          WebSocketPolyfill: WebSocket,
          maxDelay: MAX_PAUSE,
          onOpen: opened,
          onDisconnect: closed,
        });
      },
      // A socket on a dead network takes minutes to close. We do not wait for it.
      disconnect() {
        websocket?.destroy();
        websocket = undefined;
      },
      openLine(document, doc, listener) {
        if (websocket === undefined) throw new Error("a line without a socket");
        return openLine(websocket, document, doc, listener);
      },
    };
  };

function openLine(
  websocketProvider: HocuspocusProviderWebsocket,
  name: string,
  doc: Doc,
  listener: LineListener,
): Line {
  let isOpen = true;
  const whileOpen = (work: () => void): void => (isOpen ? work() : undefined);
  const ended = (): void => {
    provider.isOver = true;
    whileOpen(listener.ended);
  };
  const provider = new WatchedProvider(() => whileOpen(listener.synced), {
    websocketProvider,
    name,
    document: doc,
    token: "",
    awareness: null,
    onStateless: ({ payload }) => {
      const message = parseMessage(serverMessage, payload);
      if (message !== undefined) whileOpen(() => listener.heard(message));
    },
    onAuthenticationFailed: ended,
    onClose: ended,
  });
  provider.attach();

  return {
    send: (frame) => provider.sendFrame(frame),
    say: (message) => provider.sendStateless(JSON.stringify(message)),
    close() {
      if (!isOpen) return;
      isOpen = false;
      provider.destroy();
    },
  };
}

const OPEN = 1;
const SYNC = 0;
const STEP_2 = 1;

/**
 * The stock provider, but for four things: it sends frames of our own making instead of what happens in the document,
 * into which nobody writes here; it queues nothing; it does not answer the end of its document with another one; and it
 * is synced when the server has sent what it has, where the stock one may also be when the server has acknowledged
 * something.
 */
class WatchedProvider extends HocuspocusProvider {
  readonly #synced: () => void;
  /** The server has let the document go: what is said about it from here on would be kept for the next one who comes. */
  isOver = false;

  constructor(synced: () => void, configuration: HocuspocusProviderConfiguration) {
    super(configuration);
    this.#synced = synced;
  }

  override documentUpdateHandler(): void {
    // A replica only ever changes because the server said so.
  }

  sendFrame(frame: Uint8Array): void {
    super.documentUpdateHandler(frame, undefined);
  }

  /** What cannot leave now is said again on the next connection; a queue would only deliver it out of turn. */
  override send(...message: Parameters<HocuspocusProvider["send"]>): void {
    const isOpen = this.configuration.websocketProvider.webSocket?.readyState === OPEN;
    if (isOpen && !this.isOver) super.send(...message);
  }

  override onMessage(event: MessageEvent): void {
    super.onMessage(event);
    if (isStep2(event.data as ArrayBuffer)) this.#synced();
  }
}

function isStep2(data: ArrayBuffer): boolean {
  const decoder = createDecoder(new Uint8Array(data));
  readVarString(decoder);
  return readVarUint(decoder) === SYNC && readVarUint(decoder) === STEP_2;
}

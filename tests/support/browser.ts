import { sharedStorage, type OwnStorage } from "./own-storage.ts";

import { WebSocket } from "ws";

import { createApiOf } from "#client/api/create-api.ts";
import { allEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import { createLocal, type LocalOptions } from "#client/sync/create-local.ts";
import type { Local } from "#client/sync/local.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import type { Api } from "./api.ts";

/** What a browser keeps and how it reaches the network. */
export interface Browser extends OwnStorage {
  readonly api: Api;
  /** Opens a tab in which this person is signed in. */
  open(me: Me, options: LocalOptions): Promise<Local>;
  /** Every connection breaks. Pages may make new ones. */
  cut(): void;
  goOffline(): void;
  goOnline(): void;
  /** What proves to the server who is signed in here. */
  cookie(): string;
}

/** Sees what passes over a browser's sockets, and says whether it goes on. */
export interface Wiretap {
  leaves(bytes: Uint8Array): boolean;
  arrives(bytes: Uint8Array): boolean;
}

/** Where the browser's server is at the moment: it may move. */
const HERE = "ws://here";

const untapped: Wiretap = { leaves: () => true, arrives: () => true };

/** `cookies`: who is signed in here already. */
export function createBrowser(
  url: () => string,
  { storage = sharedStorage, cookies = [] as readonly string[], wiretap = untapped } = {},
): Browser {
  const jar = new Map<string, string>();
  const sockets = new Set<WebSocket>();
  let isOffline = false;
  let requests = new AbortController();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const headers = () => ({ origin: url(), cookie: cookie() });

  function take(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
  cookies.forEach(take);

  const browserFetch: typeof fetch = async (path, init = {}) => {
    if (isOffline) throw new TypeError("offline");
    const sent = { ...(init.headers as Record<string, string> | undefined), ...headers() };
    const signal = AbortSignal.any([requests.signal, ...(init.signal ? [init.signal] : [])]);
    const response = await fetch(`${url()}${path as string}`, { ...init, headers: sent, signal });
    response.headers.getSetCookie().forEach(take);
    return response;
  };

  class BrowserSocket extends WebSocket {
    constructor(address: string) {
      super(isOffline ? "ws://127.0.0.1:1" : address === HERE ? addressOf(url()) : address, { headers: headers() });
      sockets.add(this);
      this.once("close", () => sockets.delete(this));
      // In a browser a socket that fails only closes.
      this.on("error", () => undefined);
    }
    override send(data: Uint8Array): void {
      if (wiretap.leaves(data)) super.send(data);
    }
    override emit(event: string, ...told: readonly unknown[]): boolean {
      const passes = event !== "message" || wiretap.arrives(new Uint8Array(told[0] as ArrayBuffer));
      return passes && super.emit(event, ...told);
    }
  }

  const api = createApiOf(allEndpoints, { fetch: browserFetch });
  function cut(): void {
    requests.abort();
    requests = new AbortController();
    sockets.forEach((socket) => socket.terminate());
  }

  return {
    ...storage,
    api,
    open: (me, options) =>
      storage.run(() =>
        createLocal(me, api, {
          url: HERE,
          WebSocket: BrowserSocket,
          recognised: () => undefined,
          ...options,
        }),
      ),
    cut,
    goOffline() {
      isOffline = true;
      cut();
    },
    goOnline: () => void (isOffline = false),
    cookie,
  };
}

export const addressOf = (url: string): string => `${url.replace("http", "ws")}/collab`;

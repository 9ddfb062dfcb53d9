import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { WebSocket } from "ws";
import { Doc } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { parseMessage, serverMessage } from "#shared/protocol/stateless.ts";

import { say } from "./people.ts";

/** A client by docs/PROTOCOL.md that keeps what it has written until the server says that it is durable. */
export interface ResilientWriter {
  readonly replica: Doc;
  /** Ids that the server has acknowledged. */
  readonly acknowledged: ReadonlySet<EntryId>;
  readonly written: readonly EntryId[];
  write(body: string): void;
  /** Resolves when everything written is acknowledged. */
  settled(): Promise<void>;
  /** Follows the server to where it is now. */
  moveTo(url: string): void;
  end(): void;
}

export interface WriterAccount {
  readonly person: MemberId;
  readonly cookie: string;
}

export function createResilientWriter(
  document: string,
  { person, cookie }: WriterAccount,
  firstUrl: string,
): ResilientWriter {
  const replica = new Doc();
  const unsent = new Map<EntryId, EntryOf<"message">>();
  const acknowledged = new Set<EntryId>();
  const written: EntryId[] = [];
  const waiting = new Set<() => void>();
  let scratch = new Doc();
  let inFlight = false;
  let connection = connect(firstUrl);

  function connect(url: string): { readonly provider: HocuspocusProvider; end(): void } {
    const socket = new HocuspocusProviderWebsocket({
      url: `${url.replace("http", "ws")}/collab`,
      WebSocketPolyfill: withHeaders(url, cookie),
      delay: 100,
      minDelay: 100,
      maxDelay: 300,
    });
    const provider = new HocuspocusProvider({
      websocketProvider: socket,
      name: document,
      document: replica,
      token: "",
      awareness: null,
      onSynced: startOver,
      onDisconnect: () => (inFlight = false),
      onStateless: ({ payload }) => heard(payload),
    });
    replica.off("update", provider.boundDocumentUpdateHandler);
    provider.attach();
    return {
      provider,
      end() {
        provider.destroy();
        socket.destroy();
      },
    };
  }

  /** A fresh clientID for each connection, and after each refusal. */
  function startOver(): void {
    scratch = new Doc();
    inFlight = false;
    send();
  }

  function send(): void {
    if (inFlight || unsent.size === 0 || !connection.provider.isSynced) return;
    const entries = [...unsent.values()].slice(0, 20);
    inFlight = true;
    scratch.once("update", (frame: Uint8Array) => connection.provider.documentUpdateHandler(frame, undefined));
    scratch.getArray(logName(person)).push(entries);
  }

  function heard(payload: string): void {
    const message = parseMessage(serverMessage, payload);
    if (message?.type === "refused") return void setTimeout(startOver, message.retryAfter ?? 0);
    if (message?.type !== "committed") return;
    message.entries.forEach(({ id }) => {
      unsent.delete(id);
      acknowledged.add(id);
    });
    inFlight = false;
    send();
    if (unsent.size === 0) waiting.forEach((tell) => tell());
  }

  return {
    replica,
    acknowledged,
    written,
    write(body) {
      const entry = say(body);
      written.push(entry.id);
      unsent.set(entry.id, entry);
      send();
    },
    settled: () => (unsent.size === 0 ? Promise.resolve() : new Promise((settled) => waiting.add(settled))),
    moveTo(url) {
      connection.end();
      inFlight = false;
      connection = connect(url);
    },
    end: () => connection.end(),
  };
}

const withHeaders = (origin: string, cookie: string): typeof WebSocket =>
  class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { cookie, origin } });
      // Closed before it was open it tells so as an error, when its provider is no longer there to hear it.
      this.on("error", () => undefined);
    }
  } as typeof WebSocket;

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import type { Kysely } from "kysely";
import { WebSocket } from "ws";
import { Doc } from "yjs";

import type { MemberId } from "#shared/ids.ts";
import { parseMessage, serverMessage, type ServerMessage } from "#shared/protocol/stateless.ts";
import type { Database } from "#server/database/types.ts";
import { findAccessToken } from "#server/auth/access-tokens.ts";
import { createDigest } from "#server/documents/digest.ts";
import { openDoorbell } from "#server/documents/doorbell.ts";
import { createSync, type Sync, type SyncDependencies } from "#server/sync/sync.ts";

/** A sync node on a free loopback port, that believes whoever says who they are. */
export interface TestSync {
  readonly url: string;
  readonly sync: Sync;
  readonly failures: unknown[];
  /** Signs somebody's sessions out. */
  readonly ended: Set<MemberId>;
  /** How many connections the node holds. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** The incarnation whose access tokens a test's node takes. */
export const INCARNATION = "test.1";

export async function testSync(
  db: Kysely<Database>,
  databaseUrl: string,
  options: Partial<SyncDependencies> = {},
): Promise<TestSync> {
  const failures: unknown[] = [];
  const ended = new Set<MemberId>();
  const failed = (error: unknown): void => void failures.push(error);
  const bellPlace = { db, databaseUrl, redisUrl: undefined, incarnation: INCARNATION, failed };
  const doorbell = options.doorbell ?? openDoorbell(bellPlace);
  const sync = await createSync({
    db,
    databaseUrl,
    doorbell,
    digest: createDigest(new Uint8Array(32)),
    findSession: async ({ headers }) => {
      const person = headers["x-person"] as MemberId | undefined;
      return person === undefined || ended.has(person) ? undefined : { handle: person, person };
    },
    findToken: (token) => findAccessToken(db, token, INCARNATION),
    isSameSite: ({ headers }) => headers.origin === undefined,
    committed: () => undefined,
    failed,
    ...options,
  });
  const server = createServer();
  const sockets = sync.attach(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`,
    sync,
    failures,
    ended,
    connections: promisify((tell: (error: Error | null, count: number) => void) => server.getConnections(tell)),
    async close() {
      sockets.close();
      await sync.close();
      await doorbell.close();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A stock provider on a document, with what the server has said to it. */
export interface Attached {
  readonly doc: Doc;
  readonly provider: HocuspocusProvider;
  readonly said: ServerMessage[];
  readonly closed: string[];
  /** Resolves as soon as it holds; fails the test after a while. */
  until(holds: () => boolean): Promise<void>;
  end(): void;
}

export function attach(url: string, person: MemberId, name: string): Attached {
  const socket = new HocuspocusProviderWebsocket({
    url,
    WebSocketPolyfill: as(person),
    delay: 50,
    minDelay: 50,
    maxDelay: 100,
  });
  const doc = new Doc();
  const said: ServerMessage[] = [];
  const closed: string[] = [];
  const changes = new EventTarget();
  const changed = (): void => void changes.dispatchEvent(new Event("change"));

  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document: doc,
    token: "",
    awareness: null,
    onStateless({ payload }) {
      const message = parseMessage(serverMessage, payload);
      if (message !== undefined) said.push(message);
      changed();
    },
    onAuthenticationFailed: ({ reason }) => {
      closed.push(reason);
      changed();
    },
    onClose: ({ event }) => {
      closed.push(event.reason);
      changed();
    },
    onSynced: changed,
  });
  provider.attach();
  doc.on("update", changed);

  return {
    doc,
    provider,
    said,
    closed,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`waited in vain; the server said ${JSON.stringify(said)}`)),
          8_000,
        );
        const check = (): void => {
          if (!holds()) return;
          clearTimeout(timer);
          changes.removeEventListener("change", check);
          resolve();
        };
        changes.addEventListener("change", check);
        check();
      }),
    end() {
      provider.destroy();
      socket.destroy();
    },
  };
}

const as = (person: MemberId): typeof WebSocket =>
  class extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { "x-person": person } });
    }
  } as typeof WebSocket;

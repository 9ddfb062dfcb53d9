import { createBrowser } from "./browser.ts";

import { pino, type Logger } from "pino";

import type { LocalOptions } from "#client/sync/create-local.ts";
import type { Local } from "#client/sync/local.ts";
import type { ChannelId, MemberId } from "#shared/ids.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import { readConfig } from "#server/config.ts";
import { rollOver } from "#server/documents/roll-over.ts";
import { serve } from "#server/startup/web.ts";

import { valueOf, type Api } from "./api.ts";
import { testDatabase, type TestDatabase } from "./database.ts";

/** A whole server on a free loopback port, and people who come to it with the real client. */
export interface World extends Pick<TestDatabase, "db" | "close"> {
  readonly url: () => string;
  /** Somebody new, in a browser of their own. */
  readonly person: (name: string) => Promise<Person>;
  /** A channel goes on in its next segment. Nobody rings: the server finds out by itself. */
  readonly rollsOver: (channel: ChannelId, head?: number, kind?: "channel" | "user") => Promise<unknown>;
  /** From the next start on it calls itself another incarnation. */
  readonly become: (installation: string) => void;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** What clients could not answer for. */
  readonly failures: unknown[];
}

/** A person with one browser, which keeps cookies and what the client stores. */
export interface Person {
  readonly id: MemberId;
  readonly me: Me;
  readonly api: Api;
  /** Somebody else signs up in this browser; whoever was signed in is no more. */
  readonly givesWayTo: (name: string) => Promise<Person>;
  readonly signsInAgain: () => Promise<void>;
  /** Opens a tab. */
  readonly open: (options?: LocalOptions) => Promise<Local>;
  /** Signs in on another device, which has a network of its own. */
  readonly elsewhere: () => Promise<Api>;
  readonly goOffline: () => void;
  readonly goOnline: () => void;
}

const PASSWORD = "correct horse battery";

export async function world(environment: NodeOptions["environment"] = {}): Promise<World> {
  const database = await testDatabase();
  const opened: Local[] = [];
  const failures: unknown[] = [];
  let installationId = "first";
  let port = 0;
  let web: Awaited<ReturnType<typeof serve>> | undefined;

  async function start(): Promise<void> {
    web = await startNode(database, { port, installationId, environment, fatal: (why) => failures.push(why) });
    port = Number(new URL(web.url).port);
  }

  async function stop(): Promise<void> {
    await web?.close();
    web = undefined;
  }

  await start();
  const url = (): string => `http://127.0.0.1:${port}`;

  async function personIn(browser: ReturnType<typeof createBrowser>, name: string): Promise<Person> {
    const credentials = { login: name.toLowerCase(), password: PASSWORD };
    const me = valueOf(await browser.api.signUp({ ...credentials, name }));
    return {
      id: me.id,
      me,
      api: browser.api,
      goOffline: browser.goOffline,
      goOnline: browser.goOnline,
      givesWayTo: (other) => personIn(browser, other),
      signsInAgain: async () => void valueOf(await browser.api.signIn(credentials)),
      async elsewhere() {
        const other = createBrowser(url);
        valueOf(await other.api.signIn(credentials));
        return other.api;
      },
      async open(options) {
        const local = await browser.open(me, { failed: (problem) => void failures.push(problem), ...options });
        opened.push(local);
        return local;
      },
    };
  }

  return {
    db: database.db,
    url,
    start,
    stop,
    failures,
    rollsOver: (id, head = 1, kind = "channel") =>
      rollOver({ db: database.db, ring: () => undefined }, { kind, id }, head, Date.now()),
    become: (installation) => void (installationId = installation),
    person: (name) => personIn(createBrowser(url), name),
    async close() {
      opened.forEach((local) => local.close());
      await stop();
      await database.close();
    },
  };
}

interface NodeOptions {
  /** Settings beside the usual ones. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly installationId?: string;
  readonly log?: Logger;
  readonly fatal?: (why: string) => void;
}

const failing = (why: string): never => {
  throw new Error(why);
};

/** Pages, API and sync on a loopback port: a free one, unless one is named. */
export function startNode(
  { db, url: databaseUrl }: Pick<TestDatabase, "db" | "url">,
  {
    environment = {},
    port = 0,
    installationId = "first",
    log = pino({ level: "silent" }),
    fatal = failing,
  }: NodeOptions = {},
): ReturnType<typeof serve> {
  const config = readConfig({ ...environment, HOST: "127.0.0.1", PORT: String(port), DATABASE_POOL: "5" });
  if (!config.ok) throw new Error(config.problem);
  return serve({
    config: config.value,
    secrets: { digestKey: new Uint8Array(32), installationId, auditKey: new Uint8Array(32), auditHead: "" },
    db,
    databaseUrl,
    log,
    fatal,
  });
}

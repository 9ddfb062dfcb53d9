import { pino } from "pino";
import { Doc } from "yjs";
import type { InjectOptions } from "fastify";

import { createApiOf, type ApiOf } from "#client/api/create-api.ts";
import { SYS } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { Mirrored } from "#shared/entries/kinds/mirror.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import { allEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import type { Result } from "#shared/result.ts";
import type { Chain } from "#server/audit/chain.ts";
import type { HeadKeeper } from "#server/audit/head.ts";
import { watchTrail } from "#server/audit/watch.ts";
import { createSessions } from "#server/auth/sessions.ts";
import { createAuthority, type Authority } from "#server/communities/authority.ts";
import { createVoice } from "#server/documents/voice.ts";
import { load } from "#server/documents/live.ts";
import { createApp } from "#server/http/app.ts";
import type { App, WebDependencies } from "#server/http/dependencies.ts";

import { testDatabase, type TestDatabase } from "./database.ts";
import { lazyJobs, type LazyJobs } from "./lazy-jobs.ts";
import { testNode, type TestNode } from "./scribe.ts";

/** Everything that the HTTP API does. */
export type Api = ApiOf<typeof allEndpoints>;

/** A browser: it keeps its cookies, and says which page it is on. */
export interface Browser {
  readonly api: Api;
  readonly me: Me;
  /** As this browser asks for anything else. */
  readonly fetch: typeof fetch;
}

/** The whole HTTP API over a real database and real documents, without a port. */
export interface TestApi extends TestDatabase {
  readonly app: App;
  readonly authority: Authority;
  readonly jobs: LazyJobs;
  /** Of the audit trail. */
  readonly chain: Chain;
  readonly submit: WebDependencies["submit"];
  readonly node: TestNode;
  readonly failures: unknown[];
  /** Somebody new, signed in. */
  person(name: string): Promise<Browser>;
  /** Somebody new who runs the place, signed in. */
  admin(name: string): Promise<Browser>;
  /** A browser in which nobody is signed in. */
  visitor(headers?: Readonly<Record<string, string>>): Api;
  /** What stands in the server's log of a document, oldest first. */
  said(document: string): Promise<readonly Entry[]>;
  /** What a document shows of the server's tables. */
  shown(document: string): Promise<readonly Mirrored[]>;
}

const PASSWORD = "correct horse battery";
const HOST = "talk.example";

export async function testApi(options: Partial<WebDependencies> = {}): Promise<TestApi> {
  const database = await testDatabase();
  const { db } = database;
  const node = testNode(db);
  const { committer, failures } = node;
  const authority = createAuthority({
    db,
    target: createVoice(db, committer.submit),
    failed: (error) => failures.push(error),
  });
  const jobs = lazyJobs(database.url, (error) => failures.push(error));
  const chain = { db, key: new Uint8Array(32), head: headInMemory() };
  const trail = watchTrail(chain, (error) => failures.push(error));
  const app = await createApp({
    db,
    authority,
    submit: committer.submit,
    sessions: createSessions(db, options.publicUrl?.startsWith("https:") === true),
    jobs,
    trail,
    incarnation: () => Promise.resolve("test.1"),
    log: pino({ level: "silent" }),
    trustProxy: 1,
    ...options,
  });
  async function said(document: string): Promise<readonly Entry[]> {
    const live = await load(db, document, new Doc());
    const entries = live?.doc.getArray<Entry>(SYS).toArray() ?? [];
    return entries.toSorted((a, b) => a.at - b.at);
  }
  const visitor = (headers: Readonly<Record<string, string>> = {}) =>
    createApiOf(allEndpoints, { fetch: browserOf(app, headers) });

  async function person(name: string): Promise<Browser> {
    const fetch = browserOf(app, {});
    const api = createApiOf(allEndpoints, { fetch });
    return { api, fetch, me: valueOf(await api.signUp({ login: name.toLowerCase(), password: PASSWORD, name })) };
  }

  return {
    ...database,
    app,
    authority,
    jobs,
    chain,
    node,
    submit: committer.submit,
    failures,
    visitor,
    person,
    async admin(name) {
      const { api, fetch, me } = await person(name);
      await db.updateTable("person").set({ platform_admin: true }).where("id", "=", me.id).execute();
      return { api, fetch, me: valueOf(await api.me()) };
    },
    said,
    shown: async (document) =>
      (await said(document)).flatMap((entry) => (entry.kind === "mirror" ? [entry.shown] : [])),
    async close() {
      await app.close();
      await trail.close();
      await jobs.close();
      await committer.idle();
      await database.close();
    },
  };
}

function headInMemory(): HeadKeeper {
  let kept: ReturnType<HeadKeeper["read"]>;
  return { read: () => kept, write: (head) => void (kept = head) };
}

/** What a call that must succeed answered. */
export function valueOf<Value, Problem>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`);
  return result.value;
}

/** Which problem a call that must fail met. */
export const kindOf = (result: Result<unknown, { readonly kind: string }>): string =>
  result.ok ? "ok" : result.problem.kind;

let visitors = 0;

/** Every browser has an address of its own, so that limits by address concern those tests alone that are about them. */
function browserOf(app: App, headers: Readonly<Record<string, string>>): typeof fetch {
  const jar = new Map<string, string>();
  const address = `10.0.${Math.trunc((visitors += 1) / 250)}.${visitors % 250}`;

  return async (url, init = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await app.inject({
      method: init.method as NonNullable<InjectOptions["method"]>,
      url: url as string,
      headers: {
        host: HOST,
        origin: `https://${HOST}`,
        "x-forwarded-for": address,
        cookie,
        ...(init.headers as Record<string, string> | undefined),
        ...headers,
      },
      ...(init.body === undefined ? {} : { payload: init.body as string }),
    });
    for (const { name, value } of response.cookies) {
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return new Response(response.statusCode === 204 ? null : response.body, {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
    });
  };
}

import { join } from "node:path";

import type { Kysely } from "kysely";

import { firstAdminLink } from "#server/auth/first-admin.ts";
import { checkDatabase } from "#server/database/check-database.ts";
import { openInstallation } from "#server/database/installation.ts";
import { migrate } from "#server/database/migrate.ts";
import { createDatabase } from "#server/database/pool.ts";
import type { Database } from "#server/database/types.ts";
import { createLog, type Log } from "#server/observability/log.ts";

import type { Config } from "../config.ts";
import { readSecrets } from "../secrets.ts";
import { buildClient } from "./client-build.ts";
import { checkPort, networkAddresses } from "./port.ts";
import { redisProblem } from "./redis.ts";
import { serve } from "./web.ts";
import { superviseWorker } from "./worker-process.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");

export interface Startup {
  readonly config: Config;
  /** What was started is put here, to be ended in the opposite order. */
  readonly stack: AsyncDisposableStack;
  /** Tells the person at the terminal. */
  readonly say: (line: string) => void;
  /** Called when something ends without which nothing can go on. */
  readonly fatal: (why: string) => void;
}

/** Starts what the settings ask for. Rejects with a `CannotStart` where that is not possible. */
export async function start({ config, stack, say, fatal }: Startup): Promise<void> {
  const log = createLog(config.LOG_LEVEL, config.ROLE);
  const isWeb = config.ROLE !== "worker";
  const began = performance.now();
  const place = { dataDirectory: config.DATA_DIR, databaseUrl: config.DATABASE_URL };
  const installation = stack.adopt(await openInstallation(place), (opened) => opened.close());
  installation.onExit(fatal);
  if (isWeb) await checkPort(config.HOST, config.PORT);
  const secrets = readSecrets(config.DATA_DIR);

  const db = stack.adopt(openPool(config, installation.url, log), (pool) => pool.destroy());
  await Promise.all([
    prepareDatabase(db, say, began),
    isWeb && prepareClient(say),
    mentionRedis(config.REDIS_URL, say),
  ]);

  if (config.ROLE !== "web") {
    const environment = { DATABASE_URL: installation.url, DATA_DIR: config.DATA_DIR };
    stack.adopt(superviseWorker(environment, log), (worker) => worker.stop());
  }
  if (!isWeb) return say("The worker is running.");

  const web = await serve({ config, secrets, db, databaseUrl: installation.url, log, fatal });
  stack.adopt(web, (server) => server.close());
  await welcome(config, web.url, db, say);
}

const openPool = ({ DATABASE_POOL }: Config, url: string, log: Log): Kysely<Database> =>
  createDatabase(url, {
    size: DATABASE_POOL,
    onError: (error) => log.info({ error }, "a database connection broke"),
  });

async function prepareDatabase(db: Kysely<Database>, say: Startup["say"], began: number): Promise<void> {
  await checkDatabase(db);
  const applied = await migrate(db, MIGRATIONS);
  const news =
    applied.length === 0 ? "" : `, ${applied.length === 1 ? "1 migration" : `${applied.length} migrations`} applied`;
  say(`Database ready${news} (${secondsSince(began)})`);
}

/** Without it nothing is lost, so it is no reason not to start. */
async function mentionRedis(url: string | undefined, say: Startup["say"]): Promise<void> {
  const problem = url && (await redisProblem(url));
  if (problem)
    say(
      `The Redis that REDIS_URL names cannot be reached: ${problem}. Search learns of what is new some seconds later until it can; nothing is lost.`,
    );
}

async function prepareClient(say: Startup["say"]): Promise<void> {
  const began = performance.now();
  const told = setTimeout(() => say("Building the client …"), 300);
  const done = await buildClient().finally(() => clearTimeout(told));
  if (done === "built") say(`Client built (${secondsSince(began)})`);
}

async function welcome(
  { PUBLIC_URL, HOST }: Config,
  local: string,
  db: Kysely<Database>,
  say: Startup["say"],
): Promise<void> {
  say(`\nFolkmoot is open at ${PUBLIC_URL ?? local}`);
  if (PUBLIC_URL === undefined) {
    const { port } = new URL(local);
    for (const address of networkAddresses(HOST)) say(`On the local network at http://${address}:${port}`);
  }
  const link = await firstAdminLink(db, PUBLIC_URL ?? local);
  if (link !== undefined) say(`\nIt has no admin yet. Become the first with this link, which works once:\n${link}`);
  say("\nStop it with Ctrl-C.");
}

const secondsSince = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

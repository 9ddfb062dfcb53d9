import type { Kysely } from "kysely";

import { headFile } from "#server/audit/head.ts";
import { watchTrail } from "#server/audit/watch.ts";
import { findAccessToken } from "#server/auth/access-tokens.ts";
import { createSessions } from "#server/auth/sessions.ts";
import { createAuthority } from "#server/communities/authority.ts";
import { readIncarnation } from "#server/database/incarnation.ts";
import type { Database } from "#server/database/types.ts";
import { createDigest } from "#server/documents/digest.ts";
import { openDoorbell } from "#server/documents/doorbell.ts";
import { AnotherHistory } from "#server/documents/history.ts";
import { createVoice } from "#server/documents/voice.ts";
import { isSameSite } from "#server/http/origin.ts";
import { startWeb, type WebServer } from "#server/http/server.ts";
import { tellOfProcess } from "#server/installation/processes.ts";
import { createJobs } from "#server/jobs/jobs.ts";
import type { Log } from "#server/observability/log.ts";
import { createMetrics } from "#server/observability/metrics.ts";
import { lag } from "#server/projections/lag.ts";
import { createSync } from "#server/sync/sync.ts";

import type { Config } from "../config.ts";
import type { Secrets } from "../secrets.ts";
import { CLIENT_FOLDER } from "./client-build.ts";
import { explainPort } from "./port.ts";

export interface ServingDependencies {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  readonly log: Log;
  /** Called when this process must begin anew. */
  readonly fatal: (why: string) => void;
}

/** Pages, API and sync on one port. */
export async function serve(deps: ServingDependencies): Promise<WebServer> {
  const { config, secrets, db, databaseUrl, log, fatal } = deps;
  await using stack = new AsyncDisposableStack();
  const failed = (error: unknown): void => {
    log.error({ error }, "failed");
    if (error instanceof AnotherHistory) fatal(error.message);
  };
  const publicUrl = config.PUBLIC_URL;
  const sessions = createSessions(db, publicUrl?.startsWith("https:") === true);
  const incarnation = (): Promise<string> => readIncarnation(db, secrets.installationId);
  const jobs = stack.adopt(await createJobs({ databaseUrl, redisUrl: config.REDIS_URL }, failed), (queue) =>
    queue.close(),
  );

  const bellPlace = { db, databaseUrl, redisUrl: config.REDIS_URL, incarnation: await incarnation(), failed };
  const doorbell = stack.adopt(openDoorbell(bellPlace), (bell) => bell.close());

  // To watch costs something: where nobody may look, nothing is noted.
  const metrics =
    config.METRICS_TOKEN === undefined
      ? undefined
      : createMetrics(config.METRICS_TOKEN, {
          present: () => ({ ...sync.present(), documents: sync.documents() }),
          jobs: async () => jobs.state(),
          projections: async () => (await lag(db)).projections,
          failed,
        });
  const sync = await createSync({
    db,
    databaseUrl,
    doorbell,
    digest: createDigest(secrets.digestKey),
    findSession: async ({ headers }) => {
      const session = await sessions.find(headers.cookie);
      return session && { handle: session.handle, person: session.person.id, until: session.until };
    },
    findToken: async (token) => findAccessToken(db, token, await incarnation()),
    isSameSite: (request) => isSameSite(request, publicUrl),
    committed: (rows, erase) => jobs.enqueue({ project: rows.map(({ document }) => document), erase }),
    failed,
    metrics,
  });
  stack.adopt(sync, (serving) => serving.close());
  stack.adopt(tellOfProcess(db, "web", failed, sync.present), (told) => told.close());

  const chain = { db, key: secrets.auditKey, head: headFile(secrets.auditHead) };
  const trail = stack.adopt(watchTrail(chain, failed), (watch) => watch.close());

  const starting = startWeb({
    db,
    sessions,
    submit: sync.committer.submit,
    authority: createAuthority({ db, target: createVoice(db, sync.committer.submit), failed }),
    jobs,
    trail,
    incarnation,
    publicUrl,
    metrics,
    trustProxy: config.TRUST_PROXY,
    clientFolder: CLIENT_FOLDER,
    log,
    host: config.HOST,
    port: config.PORT,
    attachSync: sync.attach,
  });
  const web = await starting.catch((error: unknown) => {
    throw explainPort(error, config.HOST, config.PORT);
  });
  stack.adopt(web, (server) => server.close());

  const started = stack.move();
  return { url: web.url, close: () => started.disposeAsync() };
}

import type { IncomingMessage } from "node:http";

import type { Kysely } from "kysely";

import { createSessions } from "#server/auth/sessions.ts";
import { createAuthority } from "#server/communities/authority.ts";
import { readIncarnation } from "#server/database/incarnation.ts";
import type { Database } from "#server/database/types.ts";
import { createDigest } from "#server/documents/digest.ts";
import { createVoice } from "#server/documents/voice.ts";
import { isSameSite } from "#server/http/origin.ts";
import { startWeb, type WebServer } from "#server/http/server.ts";
import type { Log } from "#server/observability/log.ts";
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
}

/** Pages, API and sync on one port. */
export async function serve({ config, secrets, db, databaseUrl, log }: ServingDependencies): Promise<WebServer> {
  const failed = (error: unknown): void => log.error({ error }, "failed");
  const publicUrl = config.PUBLIC_URL;
  const sessions = createSessions(db, publicUrl?.startsWith("https:") === true);

  const sync = await createSync({
    db,
    databaseUrl,
    digest: createDigest(secrets.digestKey),
    findSession: async ({ headers }: IncomingMessage) => {
      const session = await sessions.find(headers.cookie);
      return session && { handle: session.handle, person: session.person.id };
    },
    isSameSite: (request) => isSameSite(request, publicUrl),
    committed: () => undefined,
    failed,
  });

  try {
    const web = await startWeb({
      db,
      sessions,
      authority: createAuthority({ db, target: createVoice(db, sync.committer.submit), failed }),
      incarnation: () => readIncarnation(db, secrets.installationId),
      publicUrl,
      trustProxy: config.TRUST_PROXY,
      clientFolder: CLIENT_FOLDER,
      log,
      host: config.HOST,
      port: config.PORT,
      attachSync: sync.attach,
    });
    return { url: web.url, close: () => web.close().finally(sync.close) };
  } catch (error) {
    await sync.close();
    throw explainPort(error, config.HOST, config.PORT);
  }
}

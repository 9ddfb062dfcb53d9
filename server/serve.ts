import type { Kysely } from "kysely";

import { createSessions } from "#server/auth/sessions.ts";
import { createAuthority } from "#server/communities/authority.ts";
import type { Database } from "#server/database/types.ts";
import { createDigest } from "#server/documents/digest.ts";
import { createVoice } from "#server/documents/voice.ts";
import { isSameSite } from "#server/http/origin.ts";
import { startWeb, type WebServer } from "#server/http/server.ts";
import type { Log } from "#server/observability/log.ts";
import { createSync } from "#server/sync/sync.ts";

export interface ServeDependencies {
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  readonly digestKey: Uint8Array;
  readonly incarnation: () => Promise<string>;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly trustProxy: number;
  readonly clientFolder: string | undefined;
  readonly log: Log;
  /** Told of documents that have grown, or that hold something erased. */
  readonly enqueue: (job: { readonly project: readonly string[]; readonly erase: readonly string[] }) => void;
}

/** Starts pages, API and sockets on one port. Rejects where the port cannot be had. */
export async function serve(deps: ServeDependencies): Promise<WebServer> {
  const { db, log, publicUrl } = deps;
  const failed = (error: unknown): void => log.error({ err: error }, "failed");
  const sessions = createSessions(db, publicUrl?.startsWith("https:") ?? false);

  const sync = await createSync({
    db,
    databaseUrl: deps.databaseUrl,
    digest: createDigest(deps.digestKey),
    isSameSite: (request) => isSameSite(request, publicUrl),
    async findSession({ headers }) {
      const session = await sessions.find(headers.cookie);
      return session && { handle: session.handle, person: session.person.id };
    },
    committed: (rows, erase) => deps.enqueue({ project: [...new Set(rows.map(({ document }) => document))], erase }),
    failed,
  });

  const authority = createAuthority({ db, target: createVoice(db, sync.committer.submit), failed });
  const web = await startWeb({ ...deps, sessions, authority, attachSync: sync.attach }).catch(async (error: unknown) => {
    await sync.close();
    throw error;
  });

  return {
    url: web.url,
    async close() {
      await web.close();
      await sync.close();
    },
  };
}

import { join } from "node:path";

import type { Kysely } from "kysely";

import { createAuthority, type Authority } from "#server/communities/authority.ts";
import { joinInstallation, type Installation } from "#server/database/installation.ts";
import { readIncarnation } from "#server/database/incarnation.ts";
import { migrate } from "#server/database/migrate.ts";
import { createDatabase } from "#server/database/pool.ts";
import type { Database } from "#server/database/types.ts";
import { unlimited } from "#server/documents/allowances.ts";
import { createCommitter, type Committer, type CommitterDependencies } from "#server/documents/committer.ts";
import { openDoorbell, type Doorbell } from "#server/documents/doorbell.ts";
import { createDigest } from "#server/documents/digest.ts";
import { createPens } from "#server/documents/pens.ts";
import { createVoice } from "#server/documents/voice.ts";

import type { Config } from "./config.ts";
import { readSecrets } from "./secrets.ts";

/** What a command or a worker works with: the installation's database, and the ways to change it. */
export interface Workplace extends AsyncDisposable {
  readonly installation: Installation;
  readonly db: Kysely<Database>;
  readonly committer: Committer;
  readonly doorbell: Doorbell;
  readonly authority: Authority;
}

/** Joins the installation that the settings name. A process that serves it may go on; where none does, its database is started. */
export async function openWorkplace(
  config: Config,
  { failed = tell, limits }: Partial<Pick<CommitterDependencies, "failed" | "limits">> = {},
): Promise<Workplace> {
  const installation = await joinInstallation({ dataDirectory: config.DATA_DIR, databaseUrl: config.DATABASE_URL });
  let isClosing = false;
  const db = createDatabase(installation.url, {
    size: config.DATABASE_POOL,
    // While we close, PostgreSQL may be quicker to hang up than we are.
    onError: (error) => void (isClosing || failed(error)),
  });
  await migrate(db, join(import.meta.dirname, "../migrations"));

  const { digestKey, installationId } = readSecrets(config.DATA_DIR);
  const doorbell = openDoorbell({
    db,
    databaseUrl: installation.url,
    redisUrl: config.REDIS_URL,
    incarnation: await readIncarnation(db, installationId),
    failed,
  });
  const committer = createCommitter({
    db,
    pens: createPens(),
    digest: createDigest(digestKey),
    allowances: unlimited,
    now: Date.now,
    committed: () => undefined,
    ring: doorbell.ring,
    failed,
    limits,
  });
  const authority = createAuthority({ db, target: createVoice(db, committer.submit), failed });

  return {
    installation,
    db,
    committer,
    doorbell,
    authority,
    async [Symbol.asyncDispose]() {
      isClosing = true;
      await committer.idle();
      await doorbell.close();
      await db.destroy();
      await installation.close();
    },
  };
}

const tell = (error: unknown): void =>
  void process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { TestProject } from "vitest/node";

import { startEmbeddedPostgres } from "#server/database/embedded.ts";
import { migrate } from "#server/database/migrate.ts";
import { createDatabase } from "#server/database/pool.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/** One PostgreSQL for all tests, with a migrated template that each test database is a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-test-"));
  const postgres = await startEmbeddedPostgres(folder, { fsync: "off", max_connections: "300" });
  const template = createDatabase(postgres.url, { size: 1 });
  await migrate(template, join(import.meta.dirname, "../../migrations"));
  await template.destroy();
  project.provide("postgresUrl", postgres.url);

  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

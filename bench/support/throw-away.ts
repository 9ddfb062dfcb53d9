import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readConfig, type Config } from "#server/config.ts";
import { NO_LIMITS } from "#server/documents/segment-size.ts";
import { openWorkplace, type Workplace } from "#server/workplace.ts";

/** An installation with its own PostgreSQL, as durable as a real one, deleted at the end. */
export async function throwAway(run: (workplace: Workplace, config: Config) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const config = readConfig({ DATA_DIR: folder });
  if (!config.ok) throw new Error(config.problem);
  // Documents of a bench are as large as it says.
  await using workplace = await openWorkplace(config.value, { limits: NO_LIMITS });
  await run(workplace, config.value);
}

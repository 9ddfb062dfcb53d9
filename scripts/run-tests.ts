import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, type Outcome } from "./step.ts";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs the tests of some projects, and counts them. */
export async function runTests(
  projects: readonly string[],
  excluded: readonly string[] = [],
): Promise<{ readonly outcome: Outcome; readonly count: Count }> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-report-"));
  const report = join(folder, "report.json");
  const options = ["--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const chosen = [
    ...projects.flatMap((project) => ["--project", project]),
    ...excluded.flatMap((path) => ["--exclude", path]),
  ];
  try {
    const outcome = await run({
      name: `${projects.join(" and ")} tests`,
      command: ["vitest/vitest.mjs", "run", ...chosen, ...options],
    });
    return { outcome, count: countOf(report, outcome) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A run that broke off has no report, or one in which all is well: it counts as a failure of its own. */
function countOf(report: string, { passed: allWell }: Outcome): Count {
  try {
    const {
      numPassedTests = 0,
      numFailedTests = 0,
      numPendingTests = 0,
      numTodoTests = 0,
    } = JSON.parse(readFileSync(report, "utf8")) as Partial<Record<string, number>>;
    const failed = allWell ? numFailedTests : Math.max(numFailedTests, 1);
    return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

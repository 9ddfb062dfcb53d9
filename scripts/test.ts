import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { print, run, STATIC_STEPS, type Outcome } from "./step.ts";
import { installSystemPackages } from "./system-packages.ts";

/** `npm test`: everything. Ends with one line that counts, in which each static step is one test. */

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The browser tests, each a project of its own, need the machine for themselves. */
const RUNS: readonly (readonly string[])[] = [["unit", "dom"], ["pg"], ["e2e"]];

const missing = installSystemPackages();
const isBrowserMissing = missing.includes("chromium");
if (missing.length > 0) {
  console.log(`Not installed: ${missing.join(", ")}. Install with: apt-get install ${missing.join(" ")}.`);
  if (isBrowserMissing) console.log("The browser tests are left out.");
}

const reports = mkdtempSync(join(tmpdir(), "folkmoot-reports-"));
const outcomes: Outcome[] = [];
const counts: Count[] = [];
for (const step of STATIC_STEPS) {
  const outcome = await run(step);
  outcomes.push(outcome);
  counts.push({ passed: outcome.passed ? 1 : 0, failed: outcome.passed ? 0 : 1, skipped: 0 });
}
for (const projects of RUNS) {
  const [outcome, count] = await runTests(projects);
  outcomes.push(outcome);
  counts.push(count);
}
rmSync(reports, { recursive: true });

print(outcomes);
const total = counts.reduce((sum, count) => ({
  passed: sum.passed + count.passed,
  failed: sum.failed + count.failed,
  skipped: sum.skipped + count.skipped,
}));
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function runTests(projects: readonly string[]): Promise<readonly [Outcome, Count]> {
  const report = join(reports, `${projects.join("-")}.json`);
  const outcome = await run({
    name: `${projects.join(" and ")} tests`,
    command: [
      "vitest/vitest.mjs",
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      "--passWithNoTests",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
  });
  return [outcome, countOf(report, outcome)];
}

/** A run that broke off has no report, or one in which all is well: it counts as a failure of its own. */
function countOf(report: string, outcome: Outcome): Count {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, "utf8"),
    ) as Record<string, number>;
    const failed = numFailedTests ?? 0;
    return {
      passed: numPassedTests ?? 0,
      failed: outcome.passed ? failed : Math.max(failed, 1),
      skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

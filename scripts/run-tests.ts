import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { run, type Outcome } from "./step.ts";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, each in one line: whoever sees only the end of what was printed shall know. */
  readonly failures: readonly string[];
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

/** The part of Vitest's JSON report that is read. */
interface Report {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A run that broke off has no report, or one in which all is well: it counts as a failure of its own. */
function countOf(report: string, { passed: allWell, name }: Outcome): Count {
  try {
    const read = JSON.parse(readFileSync(report, "utf8")) as Report;
    const failures = failuresOf(read);
    if (!allWell && failures.length === 0) failures.push(`${name} broke off`);
    return {
      passed: read.numPassedTests,
      failed: failures.length,
      skipped: read.numPendingTests + read.numTodoTests,
      failures,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [`${name} left no report`] };
  }
}

/** The tests that failed, and the files that failed outside of any test. */
function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    const told = failed.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages[0])}`);
    if (told.length === 0 && status === "failed") told.push(firstLine(message));
    return told.map((line) => `${relative(process.cwd(), name)}: ${line}`);
  });
}

const firstLine = (text = ""): string => text.split("\n", 1)[0] ?? "";

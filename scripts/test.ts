import { runTests, type Count } from "./run-tests.ts";
import { print, run, STATIC_STEPS, type Outcome } from "./step.ts";
import { installSystemPackages } from "./system-packages.ts";

/** `npm test`: everything. Ends with one line that counts, in which each static step is one test. */

const missing = installSystemPackages();
const isBrowserMissing = missing.includes("chromium");
if (missing.length > 0) {
  const leftOut = isBrowserMissing ? " The browser tests are left out." : "";
  console.log(`Not installed: ${missing.join(", ")}.${leftOut} To have them: apt-get install ${missing.join(" ")}`);
}

const outcomes: Outcome[] = [];
const counts: Count[] = [];

for (const step of STATIC_STEPS) {
  const outcome = await run(step);
  outcomes.push(outcome);
  counts.push({ passed: outcome.passed ? 1 : 0, failed: outcome.passed ? 0 : 1, skipped: 0, failures: [] });
}

const tests = async (...projects: readonly string[]): Promise<void> => {
  const { outcome, count } = await runTests(projects, isBrowserMissing ? ["tests/e2e/**"] : []);
  outcomes.push(outcome);
  counts.push(count);
};

// One after the other: they need the machine for themselves. Only whoever starts and kills whole servers mostly waits for
// them, and browsers are slow enough to leave room for that.
await tests("unit", "dom");
await tests("pg");
await Promise.all([tests("e2e"), tests("processes")]);

print(outcomes);
for (const failure of counts.flatMap(({ failures }) => failures)) console.log(`FAILED  ${failure}`);
const sum = (key: Exclude<keyof Count, "failures">): number => counts.reduce((total, count) => total + count[key], 0);
console.log(
  `\n${sum("passed")} passed, ${sum("failed")} failed${sum("skipped") > 0 ? `, ${sum("skipped")} skipped` : ""}`,
);
process.exitCode = sum("failed") === 0 ? 0 : 1;

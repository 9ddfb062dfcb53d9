import { print, run, STATIC_STEPS, type Outcome } from "./step.ts";

/** `npm run check`: everything that can be said of the sources without running them. */
const outcomes: Outcome[] = [];
for (const step of STATIC_STEPS) outcomes.push(await run(step));
print(outcomes);
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1;

import { spawn } from "node:child_process";
import { join } from "node:path";

/** One thing that `npm test` does, as a command of an installed package. */
export interface Step {
  readonly name: string;
  readonly command: readonly [bin: string, ...args: readonly string[]];
}

const ROOT = join(import.meta.dirname, "..");

/** The compiler by its path: another version of it, which a tool needs, has the same name. */
const types = (project: string): Step => ({
  name: `types of ${project}`,
  command: ["typescript-native/bin/tsc", "-p", project === "tests" ? "tsconfig.json" : project],
});

/** What is quick and needs nothing but the sources. */
export const STATIC_STEPS: readonly Step[] = [
  { name: "format", command: ["oxfmt/bin/oxfmt", "--check"] },
  { name: "lint and layers", command: ["oxlint/bin/oxlint", "--quiet"] },
  ...["shared", "server", "client", "client/worker", "tests"].map(types),
  { name: "dead code", command: ["knip/bin/knip.js", "--no-progress"] },
];

export interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

/** Runs one step, whose output goes where ours goes. When we are asked to end, it ends first. */
export async function run({ name, command: [bin, ...args] }: Step): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, "node_modules", bin), ...args], { cwd: ROOT, stdio: "inherit" });
  const end = (): void => void child.kill("SIGTERM");
  ending.signal.addEventListener("abort", end);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  ending.signal.removeEventListener("abort", end);
  if (ending.signal.aborted) process.exit(1);
  return { name, passed: code === 0, seconds: (performance.now() - started) / 1000 };
}

const ending = new AbortController();
for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(event, () => ending.abort());
process.channel?.unref();

/** The steps that were run, how they went and how long they took. */
export function print(outcomes: readonly Outcome[]): void {
  console.log("");
  for (const { name, passed, seconds } of outcomes) {
    console.log(`${passed ? "passed" : "FAILED"}  ${name.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
  }
}

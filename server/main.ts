import { CannotStart } from "#server/database/cannot-start.ts";

import { describeSettings, readConfig } from "./config.ts";
import { start } from "./startup/start.ts";

/** The longest that ending in order may take. What is left then ends with this process. */
const STOP_WITHIN_MS = 4_500;

const stack = new AsyncDisposableStack();
let isStopping = false;

const say = (line: string): void => console.log(line);

function sayWhy(error: unknown): void {
  console.error(error instanceof CannotStart ? error.message : error);
}

/** Ends everything in order, once, whoever asks for it. */
async function stop(code: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(code || 1), STOP_WITHIN_MS).unref();
  await stack.disposeAsync().catch(sayWhy);
  process.exit(code);
}

function fail(error: unknown): void {
  if (!isStopping) sayWhy(error);
  void stop(1);
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) return say(`Folkmoot. Settings are environment variables:\n\n${describeSettings()}`);
  if (args.length > 0)
    throw new CannotStart(`There is no option ${args[0]}: settings are environment variables, see --help.`);
  const config = readConfig(process.env);
  if (!config.ok) throw new CannotStart(config.problem);

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  // Whoever started us is gone, without having been able to say so.
  process.on("disconnect", () => void stop(0));
  process.channel?.unref();
  process.on("uncaughtException", fail);

  await start({ config: config.value, stack, say, fatal: (why) => fail(new CannotStart(why)) });
}

await main(process.argv.slice(2)).catch(fail);

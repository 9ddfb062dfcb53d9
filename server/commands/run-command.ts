import { CannotStart } from "#server/database/cannot-start.ts";

import { readConfig, type Config } from "../config.ts";

/** Why a command ends without having done its work, as a sentence. */
export class CommandFailed extends Error {}

/** Runs a command with its settings. What a person can do something about is told in a sentence, with exit status 1. */
export async function runCommand(act: (config: Config) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  try {
    if (!config.ok) throw new CommandFailed(config.problem);
    await act(config.value);
  } catch (error) {
    if (!(error instanceof CommandFailed || error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

import { stripVTControlCharacters } from "node:util";

import { renderUsage, runMain, type ArgsDef, type CommandContext, type CommandDef } from "citty";

import { CannotStart } from "#server/database/cannot-start.ts";

import { readConfig, type Config } from "../config.ts";

/** Why a command ends without having done its work, as a sentence. */
export class CommandFailed extends Error {}

/** Runs a program of one command, or of several. What it says of itself has colours at a terminal only. */
export const runProgram = <Args extends ArgsDef>(program: CommandDef<Args>): Promise<void> =>
  runMain(program, {
    async showUsage(command, parent) {
      const usage = await renderUsage(command, parent);
      process.stdout.write(`${process.stdout.isTTY ? usage : stripVTControlCharacters(usage)}\n`);
    },
  });

/** Does a command's work with its settings. What a person can do something about is told in a sentence, with exit status 1. */
export async function runCommand<Args extends ArgsDef>(
  context: CommandContext<Args>,
  act: (config: Config) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env);
  try {
    checkOptions(context);
    if (!config.ok) throw new CommandFailed(config.problem);
    await act(config.value);
  } catch (error) {
    if (!(error instanceof CommandFailed || error instanceof CannotStart)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** A misspelt option would else be passed over, and something done that nobody asked for. */
function checkOptions<Args extends ArgsDef>({ rawArgs, cmd }: CommandContext<Args>): void {
  const known = Object.keys(cmd.args ?? {});
  const unknown = rawArgs.flatMap((arg) => /^--([^=]+)/.exec(arg)?.[1] ?? []).find((option) => !known.includes(option));
  if (unknown !== undefined) throw new CommandFailed(`There is no option --${unknown}; --help names those there are.`);
}

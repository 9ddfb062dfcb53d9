import { chownSync, mkdirSync, statSync } from "node:fs";

import { explain } from "./cannot-start.ts";

const NOBODY = 65534;

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * As whom PostgreSQL runs. It refuses to run as root: there it runs as the owner of its files, or as nobody where they
 * are new or root's.
 */
export interface PostgresUser {
  /** A folder that PostgreSQL may use. */
  own(path: string): string;
  /** The command line that runs a program of PostgreSQL as this user, and has it stop when we die, however that happens. */
  command(program: string, args: readonly string[]): readonly [string, readonly string[]];
}

export function postgresUser(data: string): PostgresUser {
  const id = isRoot() ? ownerOf(data) || NOBODY : undefined;
  return {
    own: (path) => own(path, id),
    command: (program, args) => command(program, args, id),
  };
}

function ownerOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.uid;
}

function own(path: string, id: number | undefined): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (id !== undefined) chownSync(path, id, id);
    return path;
  } catch (error) {
    throw explain(error, path);
  }
}

function command(
  program: string,
  args: readonly string[],
  id: number | undefined,
): readonly [string, readonly string[]] {
  if (process.platform !== "linux") return [program, args];
  const die = "--pdeathsig=INT";
  if (id === undefined) return ["setpriv", [die, program, ...args]];
  const become = [`--reuid=${id}`, `--regid=${id}`, "--clear-groups", "--securebits=+no_setuid_fixup"];
  // The one capability that lets it reach a data directory below root's own.
  const keep = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"];
  return ["setpriv", [...become, ...keep, die, program, ...args]];
}

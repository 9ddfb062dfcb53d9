import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The kernel counts in hundredths of a second. */
const TICK = 10;

interface Used {
  readonly parent: number;
  /** In ms, with that of its children which have ended. */
  readonly cpu: number;
}

/** What a process and all below it have used of the processors so far, in ms. */
export function cpuBelow(root: number): number {
  const processes = new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const used = usedBy(name);
        return used === undefined ? [] : [[Number(name), used] as const];
      }),
  );
  const isBelow = (pid: number): boolean => pid === root || isBelowParent(processes.get(pid)?.parent ?? 0);
  const isBelowParent = (parent: number): boolean => parent > 1 && isBelow(parent);
  return [...processes].filter(([pid]) => isBelow(pid)).reduce((sum, [, { cpu }]) => sum + cpu, 0);
}

/** The first process of an installation's own PostgreSQL. */
export const postgresIn = (dataDirectory: string): number =>
  Number.parseInt(readFileSync(join(dataDirectory, "pg/postmaster.pid"), "utf8"), 10);

/** Undefined where it has ended meanwhile. */
function usedBy(pid: string): Used | undefined {
  try {
    // The name stands in brackets and may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ").map(Number) ?? [];
    const [, parent = 0] = fields;
    return { parent, cpu: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) * TICK };
  } catch {
    return undefined;
  }
}

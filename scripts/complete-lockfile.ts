import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Adds the records of packages for other platforms that npm left out of the lockfile because it could not look them up
 * where the lockfile was made. Without them `npm ci` refuses the lockfile as incomplete. Run it after every change of
 * a dependency: `npm run lockfile`.
 */

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Packages = Readonly<Record<string, object>>;

const SYSTEMS: readonly (readonly [word: string, os: string])[] = [
  ["android", "android"],
  ["darwin", "darwin"],
  ["win32", "win32"],
  ["windows", "win32"],
  ["freebsd", "freebsd"],
  ["openbsd", "openbsd"],
  ["netbsd", "netbsd"],
  ["openharmony", "openharmony"],
  ["linux", "linux"],
];
const PROCESSORS = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "wasm32"];

/** The packages with every missing platform package added, in npm's order. */
function completed(packages: Readonly<Record<string, LockedPackage>>): Packages {
  const missing = Object.entries(packages).flatMap(([path, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, range]) => [`node_modules/${name}`, recordOf(name, range, parent)] as const),
  );
  const all = [...Object.entries(packages), ...missing];
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the package's name tells of its platform is all that npm needs to pass it over elsewhere. */
function recordOf(name: string, range: string, parent: LockedPackage): object {
  const os = SYSTEMS.find(([word]) => name.includes(word))?.[1];
  const cpu = PROCESSORS.find((processor) => name.includes(processor));
  if (!os && !cpu) throw new Error(`Cannot tell for which platform ${name} is; npm should have recorded it.`);
  return {
    version: range.replace(/^[\^~]/, ""),
    ...(cpu && { cpu: [cpu] }),
    ...(parent.dev && { dev: true }),
    ...(name.includes("musl") && { libc: ["musl"] }),
    license: parent.license,
    optional: true,
    ...(os && { os: [os] }),
  };
}

const path = join(import.meta.dirname, "..", "package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, LockedPackage> };
writeFileSync(path, `${JSON.stringify({ ...lock, packages: completed(lock.packages) }, null, 2)}\n`);

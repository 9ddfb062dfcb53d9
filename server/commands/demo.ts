import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { defineCommand } from "citty";

import { links } from "#shared/protocol/links.ts";

import type { Config } from "../config.ts";
import { NO_LIMITS } from "#server/documents/segment-size.ts";
import { openWorkplace } from "../workplace.ts";
import { runCommand, runProgram } from "./run-command.ts";
import { settleIn, type Guests } from "./settle-in.ts";

const ROOT = join(import.meta.dirname, "../..");

async function prepare(config: Config): Promise<Guests> {
  await using workplace = await openWorkplace(config, { limits: NO_LIMITS });
  // Awaited here: what it works with is closed on return.
  return await settleIn(workplace, join(ROOT, "examples/ubuntu-irc.ndjson.gz"), () =>
    randomBytes(24).toString("base64url"),
  );
}

/** Runs the server as a child, which ends when we do, and says where to look once it is open. */
async function serve(folder: string, guests: Guests): Promise<number> {
  const env = { ...process.env, DATA_DIR: folder, DATABASE_URL: "", REDIS_URL: "" };
  const server = fork(join(ROOT, "server/main.ts"), { env, stdio: ["ignore", "pipe", "inherit", "ipc"] });
  process.on("SIGTERM", () => server.kill("SIGTERM"));
  // At a terminal Ctrl-C reaches the server too: we wait for it to end in order.
  process.on("SIGINT", () => server.kill("SIGINT"));

  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream });
  let url = "";
  lines.on("line", (line) => {
    url = /open at (\S+)/.exec(line)?.[1] ?? url;
    // The last line of a start.
    if (line.startsWith("Stop it")) process.stdout.write(invitation(url, guests));
    process.stdout.write(`${line}\n`);
  });
  return new Promise((resolve) => server.once("exit", (code) => resolve(code ?? 1)));
}

const invitation = (url: string, { admin, member }: Guests): string =>
  `Look around as ${admin.name}, who runs it:\n${links.signIn(url, admin.token)}\n` +
  `\nor as ${member.name}, a member, in another browser:\n${links.signIn(url, member.token)}\n\nEach link signs in once.\n\n`;

/** A throw-away installation, served until it is stopped. */
async function demonstrate(config: Config): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-demo-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.stdout.write(`Preparing a demo in ${folder}, which is deleted when it ends.\n`);

  // Whatever the settings say, a demo never touches a real installation.
  const guests = await prepare({ ...config, DATA_DIR: folder, DATABASE_URL: undefined });
  process.exitCode = await serve(folder, guests);
}

await runProgram(
  defineCommand({
    meta: {
      name: "npm run demo",
      description: "A throw-away installation with a real channel in it, to look around in.",
    },
    run: (context) => runCommand(context, demonstrate),
  }),
);

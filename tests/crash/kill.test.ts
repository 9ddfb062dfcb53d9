import { afterAll, beforeAll, expect, test } from "vitest";

import { announcedDatabase } from "#server/database/data-directory.ts";
import { createDatabase } from "#server/database/pool.ts";
import { makeChannel, signUp } from "#tests/support/first-steps.ts";

import { findWrongs } from "#tests/support/checker.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { createResilientWriter, type ResilientWriter } from "#tests/support/resilient-writer.ts";
import { channelDocument, entriesIn, reloaded } from "#tests/support/scribe.ts";
import { processesOf, startServer, temporaryInstallation, type ServerProcess } from "#tests/support/server-process.ts";

/** `CRASH_ROUNDS=100` for a longer run. */
const ROUNDS = Number(process.env["CRASH_ROUNDS"] ?? 21);

const installation = temporaryInstallation();
const port = String(20_000 + (process.pid % 20_000));
let server: ServerProcess;
let url: string;

beforeAll(async () => {
  server = start();
  url = await server.open;
});
afterAll(async () => {
  server.signal("SIGTERM");
  await server.exit;
  installation.remove();
});

const start = (): ServerProcess => startServer({ dataDirectory: installation.path, environment: { PORT: port } });

/** Each part is killed in turn, as the kernel would. */
const victims = {
  server: (command: string) => command.includes("server/main.ts") && !command.includes("launch.mjs"),
  worker: (command: string) => command.includes("server/worker.ts"),
  database: (command: string) => /bin\/postgres\0-D/.test(command),
};

function kill(part: keyof typeof victims): void {
  const found = processesOf(installation.path).filter(({ command }) => victims[part](command));
  expect(found.length, `a ${part} that runs`).toBeGreaterThan(0);
  found.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
}

/** A server that ended is started again, as an operator's supervisor would. */
async function revive(part: keyof typeof victims): Promise<void> {
  if (part === "worker") return;
  await server.exit;
  server = start();
  await server.open;
}

test(
  `${ROUNDS} times killed in the middle of their work, server, worker and database lose nothing that was acknowledged`,
  { timeout: ROUNDS * 15_000 },
  async () => {
    const account = await signUp(url, "alice");
    const name = channelDocument(await makeChannel(url, account.cookie));
    const writer: ResilientWriter = createResilientWriter(name, account, url);
    const parts = Object.keys(victims) as (keyof typeof victims)[];

    for (let round = 0; round < ROUNDS; round += 1) {
      const part = parts[round % parts.length] as keyof typeof victims;
      for (let index = 0; index < 30; index += 1) writer.write(`round ${round} message ${index}`);
      // Somewhere in the middle: as soon as some of this round are acknowledged, and others are on their way.
      const before = round * 30;
      await expect.poll(() => writer.acknowledged.size, { timeout: 20_000, interval: 2 }).toBeGreaterThan(before);
      kill(part);
      await revive(part);
      await writer.settled();
    }

    const database = createDatabase(announcedDatabase(installation.path) as string, { size: 2 });
    const doc = await reloaded(database, name);
    const kept = entriesIn(doc, account.person).map((entry) => (entry as { id: string }).id);
    expect(kept).toHaveLength(writer.written.length);
    expect(new Set(kept)).toEqual(new Set(writer.written));
    expect(new Set(writer.written)).toEqual(new Set(writer.acknowledged));

    await expect
      .poll(
        async () =>
          (await database.selectFrom("message").select("id").where("author", "=", account.person).execute()).length,
        { timeout: 20_000 },
      )
      .toBe(writer.written.length);
    expect([...(await findWrongs(database)), ...(await findMisprojected(database))]).toEqual([]);
    await database.destroy();
    writer.end();
  },
);

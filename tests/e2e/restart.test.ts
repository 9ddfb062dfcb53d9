import { afterAll, beforeAll, test } from "vitest";

import { processesOf, startServer, temporaryInstallation, type ServerProcess } from "#tests/support/server-process.ts";
import { openStage } from "#tests/support/stage.ts";

const installation = temporaryInstallation();
const port = String(20_000 + (process.pid % 20_000));
let server: ServerProcess;
let url: string;
const stage = openStage(() => url);

const start = (): ServerProcess => startServer({ dataDirectory: installation.path, environment: { PORT: port } });

beforeAll(async () => {
  server = start();
  url = await server.open;
});
afterAll(async () => {
  server.signal("SIGTERM");
  await server.exit;
  installation.remove();
});

async function pullThePlug(): Promise<void> {
  processesOf(installation.path).forEach(({ pid }) => process.kill(pid, "SIGKILL"));
  await server.exit;
}

test("a server whose plug is pulled in the middle of a sentence loses nothing", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await alice.says("Before the power cut");
  await bob.sees("Before the power cut");
  await alice.composer().fill("In the middle of a");
  await Promise.all([alice.says("Said while the lights went out"), pullThePlug()]);
  await alice.sees(/^Offline since/);
  await alice.composer().fill("In the middle of a");
  await bob.says("It is dark here");

  server = start();
  await server.open;
  await alice.knowsDelivered("Said while the lights went out");
  await alice.sees("It is dark here");
  await bob.sees("Said while the lights went out");
  await alice.composer().press("End");
  await alice.composer().pressSequentially(" sentence");
  await alice.presses("Enter");
  await bob.sees("In the middle of a sentence");
  await Promise.all([alice.page.reload(), bob.page.reload()]);
  for (const guest of [alice, bob]) {
    for (const text of [
      "Before the power cut",
      "Said while the lights went out",
      "It is dark here",
      "In the middle of a sentence",
    ]) {
      await guest.sees(text);
    }
  }
});

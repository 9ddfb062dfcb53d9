import { inject, test } from "vitest";

import { LAN } from "#tests/support/chromium.ts";
import { openStage } from "#tests/support/stage.ts";

const atHome = openStage();
const onTheLan = openStage(() => `http://${LAN}:${new URL(inject("stage").url).port}`);

test("without https on a network address it works online, in one tab, and says why not more", async () => {
  const bob = await atHome.person("Bob");
  const { community } = await atHome.community(bob);
  const alice = await onTheLan.visitor("Alice");
  // Only the browser knows where this name leads.
  await alice.signsUp();
  await alice.page.goto(`/communities/${community}`);
  await alice.page.getByRole("button", { name: /join/i }).click();
  await alice.page.getByRole("link", { name: "commons" }).click();
  await alice.sees("Works online, in one tab only: browsers keep nothing for an address without https.");

  await alice.says("Hello from the local network");
  await bob.sees("Hello from the local network");
  await bob.says("Hello to you");
  await alice.sees("Hello to you");
  await alice.knowsDelivered("Hello from the local network");

  await alice.page.reload();
  await alice.sees("Hello to you");
  await alice.edits("Hello from the local network", "Hello again from the local network");
  await bob.sees("Hello again from the local network");

  await alice.goesOffline();
  await alice.sees(/what you write lives in this tab only/);
  await alice.says("On the stairs");
  await alice.comesBack();
  await bob.sees("On the stairs");

  // A second tab takes over, and the first one says so.
  const second = await alice.newTab(new URL(alice.page.url()).pathname);
  await second.sees("On the stairs");
  await alice.sees("Open in another tab. Go on here");
  await second.says("From the second tab");
  await bob.sees("From the second tab");
  await bob.says("I hear you");
  await second.sees("I hear you");
  await alice.seesNo("I hear you");

  await alice.says("Written in the first tab");
  await alice.page.getByRole("button", { name: "Go on here", exact: true }).click();
  await bob.sees("Written in the first tab");
  await alice.sees("I hear you");
  await alice.seesNo("Open in another tab. Go on here");
  await second.sees("Open in another tab. Go on here");

  await alice.page.goto("/settings/device");
  await alice.sees("Nothing is kept here");
});

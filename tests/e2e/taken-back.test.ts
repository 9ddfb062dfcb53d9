import { expect, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

test("what a moderator hid is under a veil that names them and why, and can be looked at", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await bob.says("Buy my cheap watches");
  await alice.sees("Buy my cheap watches");
  await alice.hides("Buy my cheap watches", "advertising");

  await bob.sees("Hidden by Alice: advertising.");
  await bob.seesNo("Buy my cheap watches");
  await alice.page.getByRole("button", { name: "Show", exact: true }).click();
  await alice.sees("Buy my cheap watches");
  await alice.does("Show to everybody again", "Buy my cheap watches");
  await bob.sees("Buy my cheap watches");
  await alice.sees("Everybody sees the message again.");
});

test("what its author took back is gone from the devices of the others", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await alice.says("My password is swordfish");
  await alice.knowsDelivered("My password is swordfish");
  await bob.sees("My password is swordfish");
  await expect.poll(() => bob.holds("swordfish")).not.toEqual([]);

  await alice.retracts("My password is swordfish");
  await bob.sees("Removed by its author");
  await bob.seesNo("swordfish");
  // The stored copy is written anew a while later, and at the next start.
  await Promise.all([alice.page.reload(), bob.page.reload()]);
  await bob.sees("Removed by its author");
  await expect.poll(() => bob.holds("swordfish"), { timeout: 15_000 }).toEqual([]);
  await expect.poll(() => alice.holds("swordfish"), { timeout: 15_000 }).toEqual([]);
});

test("what was written and taken back without a network never reaches anybody", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await alice.goesOffline();
  await alice.says("I never liked Bob");
  await alice.retracts("I never liked Bob");
  await alice.says("Good to see you all");
  await alice.comesBack();
  await bob.sees("Good to see you all");
  await bob.seesNo("I never liked Bob");
  await bob.seesNo("Removed by its author");
  await expect.poll(() => bob.holds("I never liked Bob")).toEqual([]);
});

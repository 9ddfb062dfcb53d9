import { expect, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

test("two tabs share one socket, and when the one that holds it is closed the other goes on", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { path } = await stage.community(alice, bob);
  await alice.says("From the first tab");
  const second = await alice.newTab(path);
  await second.sees("From the first tab");
  expect([await alice.openSockets(), await second.openSockets()]).toEqual([1, 0]);

  await second.says("From the second tab");
  await second.knowsDelivered("From the second tab");
  await bob.sees("From the second tab");
  await bob.says("I hear both");
  await Promise.all([alice.sees("I hear both"), second.sees("I hear both")]);

  await alice.page.close();
  await second.says("Left alone");
  await second.knowsDelivered("Left alone");
  await bob.sees("Left alone");
  expect(await second.openSockets()).toBe(1);
  await bob.says("You are not");
  await second.sees("You are not");
});

test("what a second tab wrote offline leaves although the first was closed, and a tab opened offline shows all", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { path } = await stage.community(alice, bob);
  await alice.says("Before the tunnel");
  const second = await alice.newTab(path);
  await second.sees("Before the tunnel");
  await alice.goesOffline();
  await second.says("In the tunnel");
  await alice.sees("In the tunnel");
  await alice.page.close();
  await second.says("Still in the tunnel");
  const third = await second.newTab(path);
  await third.sees("Before the tunnel");
  await third.sees("Still in the tunnel");

  await second.comesBack();
  await Promise.all([bob.sees("In the tunnel"), bob.sees("Still in the tunnel")]);
  await third.knowsDelivered("Still in the tunnel");
  await bob.page.reload();
  await bob.sees("In the tunnel");
  expect(await bob.page.getByRole("article").filter({ hasText: "tunnel" }).count()).toBe(3);
});

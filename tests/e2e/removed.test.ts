import { expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { channelPath } from "#client/paths.ts";
import { type Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

const idOf = async (guest: Guest): Promise<MemberId> => (await guest.asks((api) => api.me())).id;

test("what somebody wrote offline after being taken out is kept for them with the reason, and nobody sees it", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community, channel, path } = await stage.community(alice, bob);
  await bob.says("Still one of you");
  await alice.sees("Still one of you");
  expect(await bob.holds(channel)).not.toEqual([]);

  await bob.goesOffline();
  await bob.says("Written without a network");
  await bob.edits("Still one of you", "Still one of you, I think");
  await alice.page.goto(`/c/${community}/members`);
  await alice.page.getByRole("button", { name: "What can be done about Bob" }).click();
  await alice.page.getByRole("menuitem", { name: "Take out of the community" }).click();
  await alice.page.getByRole("dialog").getByRole("button", { name: "Take out" }).click();
  await alice.seesNo("Bob");
  await alice.opens(path);
  await alice.says("Now that Bob is gone");
  await alice.knowsDelivered("Now that Bob is gone");

  await bob.comesBack();
  await bob.page.getByRole("button", { name: /^Not sent/ }).click();
  const drawer = bob.page.getByRole("dialog", { name: "Not sent" });
  await drawer.getByText("Written without a network").waitFor();
  await drawer.getByText("Still one of you, I think").waitFor();
  await drawer.getByText("You were no longer in this channel").first().waitFor();
  expect(await bob.page.getByText(/left this device/).count()).toBe(0);
  await bob.seesNo("Now that Bob is gone");

  // Their copy of what they may no longer read has left the device; what they wrote has not.
  await expect.poll(() => bob.holdsReplicaOf(channel)).toBe(false);
  expect(await bob.holds("Now that Bob is gone")).toEqual([]);
  await bob.page.reload();
  await bob.page.getByRole("button", { name: /^Not sent/ }).click();
  await drawer.getByText("Written without a network").waitFor();
  await drawer.getByRole("button", { name: "Discard" }).first().click();
  await drawer.getByRole("button", { name: "Discard" }).first().click();
  await drawer.getByText("Everything you wrote was accepted").waitFor();

  await alice.sees("Still one of you");
  await alice.seesNo("I think");
  await alice.seesNo("Written without a network");
});

test("whoever is taken out of a private channel no longer sees that it exists", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community, path } = await stage.community(alice, bob);
  const person = await idOf(bob);
  const { id } = await alice.asks((api) =>
    api.createChannel({ id: community, name: "surprise", private: true, people: [person] }),
  );
  await bob.page.getByRole("link", { name: "surprise" }).click();
  await bob.composer().waitFor();
  await alice.opens(channelPath(community, id));
  await alice.says("A party for Carol");
  await bob.sees("A party for Carol");

  await bob.goesOffline();
  await bob.says("I bring the cake");
  await alice.asks((api) => api.putOut({ id, person }));
  await alice.says("Bob cannot keep a secret");
  await bob.comesBack();

  await bob.page.getByRole("link", { name: "surprise" }).waitFor({ state: "detached" });
  await bob.page.getByRole("link", { name: "commons" }).click();
  await bob.page.getByRole("button", { name: /^Not sent/ }).click();
  await bob.page.getByRole("dialog").getByText("I bring the cake").waitFor();
  await expect.poll(() => bob.holds("A party for Carol")).toEqual([]);
  expect(await bob.holds("cannot keep a secret")).toEqual([]);
  await alice.seesNo("I bring the cake");
  await bob.opens(path);
});

test("a member who is made a guest in the middle of a sentence keeps the sentence", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community } = await stage.community(alice, bob);
  await bob.says("Good morning");
  await bob.composer().fill("What I wanted to say");
  await alice.asks(async (api) => api.changeRole({ id: community, person: await idOf(bob), role: "guest" }));
  await bob.sees(/You are a guest here: you can read, and not write/);
  await alice.asks(async (api) => api.changeRole({ id: community, person: await idOf(bob), role: "member" }));
  await expect.poll(() => bob.composer().inputValue()).toBe("What I wanted to say");
});

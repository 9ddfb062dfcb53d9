import { expect, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

test("what two people do while both are offline is the same for both when they are back, and search finds it", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { path } = await stage.community(alice, bob);
  await alice.says("The kernel of 22.04 does not boot here");
  await bob.sees("The kernel of 22.04 does not boot here");
  await bob.says("Hold Shift and choose the older one");
  await alice.sees("Hold Shift and choose the older one");

  await Promise.all([alice.goesOffline(), bob.goesOffline()]);
  await alice.says("I was on a train without a network");
  await alice.edits("The kernel of 22.04 does not boot here", "The new kernel of 22.04 does not boot here");
  await alice.reacts("Hold Shift", "🎉");
  await bob.says("Nobody hears me, but I write on");
  await bob.reacts("does not boot here", "👀");
  await alice.message("I was on a train").getByText("on this device").waitFor();

  // Reloaded without a network, everything is there, under the names of people.
  await Promise.all([alice.page.reload(), bob.page.reload()]);
  await alice.sees("The new kernel of 22.04 does not boot here");
  await alice.message("I was on a train").getByText("on this device").waitFor();
  await alice.sees(/^Offline since/);
  await alice.page.getByRole("article", { name: /^Bob/ }).first().waitFor();
  await bob.page
    .getByRole("article", { name: /^Alice/ })
    .first()
    .waitFor();
  await bob.message("Nobody hears me").getByText("on this device").waitFor();
  await alice.seesNo("Nobody hears me");

  await Promise.all([alice.comesBack(), bob.comesBack()]);
  await alice.knowsDelivered("I was on a train");
  await bob.knowsDelivered("Nobody hears me");
  await alice.sees("Nobody hears me, but I write on");
  await bob.sees("I was on a train without a network");
  await bob.sees("The new kernel of 22.04 does not boot here");
  await alice.message("does not boot here").getByRole("button", { name: /Bob/ }).waitFor();
  await bob.message("Hold Shift").getByRole("button", { name: /Alice/ }).waitFor();
  await expect.poll(() => talkOf(bob)).toEqual(await talkOf(alice));

  // Bob finds it, and jumps to where it was said.
  await bob.page.goto("/search");
  await bob.page.getByLabel("Search messages").fill("train network");
  await bob.page.getByRole("link", { name: "Jump to the message by Alice" }).click();
  await bob.page.waitForURL((url) => url.pathname === path);
  await bob.message("I was on a train").waitFor();
  await expect.poll(() => bob.page.evaluate(() => document.activeElement?.textContent)).toContain("I was on a train");
});

test("whoever loses the network before the whole app is here goes on with what is, and is told of the rest", async () => {
  const alice = await stage.visitor("Alice");
  // The rest never comes: what has not been shown yet is not on this device.
  await alice.context.addInitScript(() => {
    navigator.serviceWorker.register = () => new Promise(() => undefined);
  });
  await alice.signsUp();
  await stage.community(alice);
  await alice.says("Short of bandwidth");
  await alice.context.setOffline(true);
  await alice.sees(/^Offline since/);
  await alice.message("Short of bandwidth").hover();
  await alice.presses("Control+k");
  await alice.sees("This part of the app is not on this device yet.");
  await alice.says("Still here");
  await alice.says("With **weight**");
  await alice.comesBack();
  await alice.knowsDelivered("Still here");
  await alice.edits("Short of bandwidth", "Rich in bandwidth");
});

/** The messages as they stand on the page, from top to bottom. */
const talkOf = ({ page }: Awaited<ReturnType<typeof stage.person>>): Promise<readonly string[]> =>
  page.getByRole("article").locator(".words").allInnerTexts();

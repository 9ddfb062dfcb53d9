import { expect, test } from "vitest";

import { barriers } from "#tests/support/accessibility.ts";
import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

const idOf = async (guest: Guest) => (await guest.asks((api) => api.me())).id;

async function reports(guest: Guest, text: string, ground: string, note: string): Promise<void> {
  await guest.does("Report", text);
  const dialog = guest.page.getByRole("dialog");
  await dialog.getByText(ground, { exact: true }).click();
  await dialog.getByLabel("Note").fill(note);
  expect(await barriers(guest.page, "reporting a message")).toEqual([]);
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

test("a moderator's day: reported offline, claimed, noted and hidden offline, banned with an end, and everybody is told", async () => {
  const [alice, bob, carol, mallory] = (await Promise.all(
    ["Alice", "Bob", "Carol", "Mallory"].map((name) => stage.person(name)),
  )) as [Guest, Guest, Guest, Guest];
  const { community, path } = await stage.community(alice, bob, carol, mallory);
  const bobsId = await idOf(bob);
  await alice.asks((api) => api.changeRole({ id: community, person: bobsId, role: "moderator" }));
  await mallory.says("You are all fools");
  await mallory.says("And I have more to say");
  await carol.sees("And I have more to say");

  // Carol reports without a network, and comes back.
  await carol.goesOffline();
  await reports(carol, "You are all fools", "Unkind", "I do not want to read this");
  await carol.comesBack();

  // Bob is told by a count, and everything that he needs is on his device before his network goes.
  const queue = bob.page.getByRole("link", { name: /^Queue 1 open/ });
  await queue.click();
  const docket = bob.page.getByRole("region", { name: "Case" });
  await docket.getByText("I do not want to read this").waitFor();
  await docket.getByText("You are all fools").waitFor();
  await docket.getByText("And I have more to say").waitFor();
  expect(await barriers(bob.page, "the queue")).toEqual([]);

  await bob.goesOffline();
  await bob.page
    .getByRole("button", { name: /1 report: unkind/ })
    .first()
    .click();
  await bob.presses("c");
  await bob.page.getByText("Yours", { exact: true }).waitFor();
  await docket.getByLabel("Add a note").fill("Not for the first time");
  await bob.presses("Enter");
  await docket.getByText("Not for the first time").waitFor();
  await docket.getByRole("button", { name: "Ban" }).click();
  const dialog = bob.page.getByRole("dialog");
  await dialog.getByText("This needs the server").waitFor();
  expect(await barriers(bob.page, "a measure, offline")).toEqual([]);
  await bob.presses("Escape");
  await bob.page
    .getByRole("button", { name: /1 report: unkind/ })
    .first()
    .focus();
  await bob.presses("h");
  await dialog.getByLabel("Reason").fill("Insults");
  await dialog.getByRole("button", { name: "Hide", exact: true }).click();
  await bob.sees("Nothing waits for you");
  await bob.comesBack();

  // Alice sees what Bob did; Carol is told; Mallory is told why.
  await carol.page.getByRole("link", { name: /^Notices/ }).click();
  await carol.sees("The message is hidden now.");
  expect(await barriers(carol.page, "notices")).toEqual([]);
  await alice.page.goto(`/c/${community}/moderation`);
  await alice.page.getByRole("button", { name: "Closed" }).click();
  await alice.sees("Not for the first time");
  await mallory.page.getByRole("link", { name: /^Notices/ }).click();
  await mallory.sees(/A message of yours was hidden/);
  await mallory.sees("Insults");
  await mallory.opens(path);

  // Mallory goes on without a network and is banned meanwhile.
  await mallory.goesOffline();
  await mallory.says("Nobody can stop me");
  await bob.page.getByRole("button", { name: "Closed" }).click();
  await bob.page.getByRole("region", { name: "Case" }).getByRole("button", { name: "More" }).click();
  await bob.page.getByRole("menuitem", { name: "Ban" }).click();
  await dialog.getByLabel("For how long").selectOption({ label: "1 week" });
  await dialog.getByLabel("Reason").fill("Again and again");
  await dialog.getByRole("button", { name: "Ban", exact: true }).click();
  await bob.sees("Mallory is banned.");
  await mallory.comesBack();

  await mallory.page.getByRole("button", { name: /^Not sent/ }).click();
  const drawer = mallory.page.getByRole("dialog", { name: "Not sent" });
  await drawer.getByText("Nobody can stop me").waitFor();
  await drawer.getByText(/You wrote this while banned/).waitFor();
  await drawer.getByText(/Again and again/).waitFor();
  await drawer.getByText(/It ends/).waitFor();
  await mallory.presses("Escape");
  await mallory.page.goto("/notices");
  await mallory.sees("You are banned in Northern Networks");
  await mallory.page.getByRole("button", { name: "Appeal" }).first().click();
  await mallory.page.getByLabel("Why it should be lifted").fill("I am sorry");
  expect(await barriers(mallory.page, "appealing")).toEqual([]);
  await mallory.page.getByRole("button", { name: "Appeal", exact: true }).first().click();
  await alice.page.goto(`/c/${community}/moderation`);
  await alice.sees("I am sorry");
  await alice.seesNo("Nobody can stop me");
});

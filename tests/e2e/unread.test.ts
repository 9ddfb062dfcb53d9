import { expect, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

test("who was away sees how much was said and who meant them, where it begins, and then nothing more of it", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await bob.says("I am off for a while");
  await alice.sees("I am off for a while");
  await bob.page.getByRole("link", { name: "general" }).click();
  await bob.page.getByRole("textbox", { name: "Message to general" }).waitFor();

  await alice.says("A first thing");
  const line = bob.page.getByRole("link", { name: /^commons/ });
  await bob.page.getByRole("link", { name: "commons 1 unread" }).waitFor();
  await bob.hasTitle("• general · Folkmoot");

  // A mention is chosen from those who are around.
  await alice.composer().pressSequentially("@Bo");
  await alice.page.getByRole("option", { name: "Bob" }).waitFor();
  await alice.presses("Enter");
  await alice.composer().pressSequentially("are you there?");
  await alice.presses("Enter");
  await bob.page.getByRole("link", { name: "commons 1 mention" }).waitFor();
  await bob.hasTitle("(1) general · Folkmoot");

  await line.click();
  await bob.sees(/^2 new since/);
  await bob.sees("A first thing");
  await expect.poll(() => line.innerText()).toBe("commons");
  await bob.hasTitle("commons · Folkmoot");
  expect(await bob.message("are you there?").getAttribute("class")).toContain("me-said");

  // Read here is read on every device.
  const phone = await stage.anotherDevice(bob);
  await phone.page.getByRole("link", { name: "Northern Networks" }).waitFor();
  await phone.page.getByRole("link", { name: /^general/ }).click();
  await phone.hasTitle("general · Folkmoot");
  expect(await phone.page.getByRole("link", { name: /^commons/ }).innerText()).toBe("commons");
});

test("what came while the app was closed begins with a line as well", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { path } = await stage.community(alice, bob);
  await alice.says("Good night");
  await bob.sees("Good night");
  await bob.hasTitle("commons · Folkmoot");
  await bob.page.goto("about:blank");
  await alice.says("Good morning");
  await alice.knowsDelivered("Good morning");

  await bob.opens(path);
  await bob.sees(/^1 new since/);
  await bob.sees("Good morning");
  await alice.says("Slept well?");
  await bob.sees("Slept well?");
  await bob.hasTitle("commons · Folkmoot");
});

test("what is said before one's eyes is never unread", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await alice.says("Are you watching?");
  await bob.sees("Are you watching?");
  await alice.says("And now?");
  await bob.sees("And now?");
  await bob.hasTitle("commons · Folkmoot");
  await bob.seesNo(/new since/);
  await bob.page.getByRole("link", { name: "general" }).click();
  await bob.page.getByRole("link", { name: "commons", exact: true }).click();
  await bob.sees("And now?");
  await bob.seesNo(/new since/);
});

test("a sentence that was begun is there after a reload, and on another device", async () => {
  const alice = await stage.person("Alice");
  const { path } = await stage.community(alice);
  await alice.says("Something to answer");
  await alice.does("Reply", "Something to answer");
  await alice.composer().fill("I was going to say");
  await alice.sees("Draft saved");
  await alice.page.reload();
  await expect.poll(() => alice.composer().inputValue()).toBe("I was going to say");
  await alice.sees("Answer to Alice");

  const phone = await stage.anotherDevice(alice);
  await phone.page.getByRole("link", { name: "Northern Networks" }).waitFor();
  await phone.opens(path);
  await expect.poll(() => phone.composer().inputValue(), { timeout: 15_000 }).toBe("I was going to say");
  await phone.presses("End");
  await phone.composer().pressSequentially(" it now");
  await phone.presses("Enter");
  await phone.knowsDelivered("I was going to say it now");
  await alice.sees("I was going to say it now");
  await expect.poll(() => alice.composer().inputValue(), { timeout: 15_000 }).toBe("");
});

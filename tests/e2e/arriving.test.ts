import { expect, inject, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";
import { PASSWORD } from "#tests/support/guest.ts";

const stage = openStage();

test("the first admin comes by the link that was printed, founds a community, and lets others in by a link", async () => {
  const alice = await stage.visitor("Alice");
  const { page } = alice;
  await page.goto(inject("stage").firstAdminLink);
  await alice.fillsInAccount();
  await page.getByRole("button", { name: "Begin" }).click();

  await page.getByLabel("Name", { exact: true }).fill("Northern Networks");
  await page.getByText("Those who are invited").click();
  await page.getByRole("button", { name: "Create the community" }).click();
  await alice.composer().waitFor();
  await alice.says("Welcome to the commons");

  await page.getByRole("link", { name: "New channel" }).click();
  await page.getByLabel("Name", { exact: true }).fill("quiet room");
  await page.getByRole("button", { name: "Create the channel" }).click();
  await page.getByRole("textbox", { name: "Message to quiet room" }).waitFor();

  await page.getByRole("button", { name: "Community menu" }).click();
  await page.getByRole("menuitem", { name: "Invite people" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByLabel("The link").inputValue();

  const bob = await stage.visitor("Bob");
  await bob.page.goto(link);
  await bob.sees("You are invited.");
  await bob.fillsInAccount();
  await bob.page.getByRole("button", { name: "Join" }).click();
  await bob.page.getByRole("link", { name: "commons" }).click();
  await bob.sees("Welcome to the commons");
  await bob.says("Thank you for the link");
  await page.getByRole("link", { name: /^commons/ }).click();
  await alice.sees("Thank you for the link");
});

test("the link for the first admin opens nothing any more once there is one", async () => {
  const mallory = await stage.visitor("Mallory");
  await mallory.page.goto(inject("stage").firstAdminLink);
  await mallory.fillsInAccount();
  await mallory.page.getByRole("button", { name: "Begin" }).click();
  await mallory.page.getByRole("alert").waitFor();
});

test("signing out takes everything of a person from the device, and the next one finds nothing of it", async () => {
  const alice = await stage.person("Alice");
  const { path } = await stage.community(alice);
  await alice.says("For the eyes of my community");
  await alice.knowsDelivered("For the eyes of my community");
  await alice.composer().fill("half a thought");
  const other = await alice.newTab(path);
  await other.sees("For the eyes of my community");

  await alice.page.bringToFront();
  await alice.signsOut();
  await other.page.waitForURL((url) => url.pathname === "/sign-in");
  await other.hasTitle("Sign in · Folkmoot");
  await other.page.close();
  await expect.poll(() => alice.holds("")).toEqual([]);

  const bob = stage.sameDevice(alice, "Bob");
  await bob.signsUp();
  await stage.community(bob);
  await bob.seesNo("For the eyes of my community");
  await bob.seesNo("half a thought");
  await bob.says("Bob was here");
  await bob.page.goto(path);
  await bob.sees("There is nothing here for you.");
  await bob.page.goto("/");
  await bob.signsOut();

  await alice.signsIn();
  await alice.opens(path);
  await alice.sees("For the eyes of my community");
  await alice.seesNo("Bob was here");
});

test("whoever has not sent everything is asked before it is lost with the sign-out", async () => {
  const alice = await stage.person("Alice");
  await stage.community(alice);
  await alice.goesOffline();
  await alice.says("Written under way");
  await alice.page.getByRole("link", { name: /You and settings/ }).click();
  await alice.page.getByRole("button", { name: "Sign out" }).click();
  await alice.sees(/^1 message has not left this device/);
  await alice.page.getByRole("button", { name: "Discard and sign out" }).click();
  await alice.sees(/^The server cannot be reached, and this needs it/);
  await alice.page.getByRole("button", { name: "Stay signed in" }).click();
  await alice.page.goBack();
  await alice.sees("Written under way");
  await alice.comesBack();
  await alice.knowsDelivered("Written under way");
});

test("a session that was ended elsewhere is told, keeps what is written, and goes on after signing in again", async () => {
  const alice = await stage.person("Alice");
  const { path } = await stage.community(alice);
  const phone = await stage.anotherDevice(alice);
  await phone.opens(path);
  const { sessions } = await alice.asks((api) => api.sessions());
  const other = sessions.find(({ current }) => !current);
  await alice.asks((api) => api.endSession({ handle: other?.handle ?? "" }));

  await phone.sees("You are signed out.");
  await phone.says("I did not notice");
  await phone.message("I did not notice").getByText("on this device").waitFor();
  await phone.page.getByRole("link", { name: "Sign in", exact: true }).click();
  await phone.page.getByLabel("Login").fill(phone.login);
  await phone.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await phone.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await phone.knowsDelivered("I did not notice");
  await alice.sees("I did not notice");
});

import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";

import { barriers } from "#tests/support/accessibility.ts";
import type { Guest } from "#tests/support/guest.ts";
import { startServer, temporaryInstallation, type ServerProcess } from "#tests/support/server-process.ts";
import { openStage } from "#tests/support/stage.ts";

// A place of its own: what an admin decides holds for everybody in it.
const installation = temporaryInstallation();
let server: ServerProcess;
let url: string;
const stage = openStage(() => url);

beforeAll(async () => {
  server = startServer({ dataDirectory: installation.path });
  url = await server.open;
});
afterAll(async () => {
  server.signal("SIGTERM");
  await server.exit;
  installation.remove();
});

const button = (guest: Guest, name: string | RegExp): Locator => guest.page.getByRole("button", { name });
const dialog = (guest: Guest, name: string | RegExp): Locator => guest.page.getByRole("dialog", { name });
const goesTo = (guest: Guest, page: string) =>
  guest.page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: page }).click();

let alice: Guest = undefined as unknown as Guest;

/** Leaves pictures of a screen where somebody wants to look at them. */
async function picture(name: string): Promise<void> {
  const folder = process.env["PICTURES"];
  if (folder === undefined) return;
  for (const [size, width, height] of [
    ["phone", 390, 844],
    ["tablet", 820, 1180],
    ["desktop", 1440, 900],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      await alice.page.setViewportSize({ width, height });
      await alice.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await alice.page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png` });
    }
  await alice.page.setViewportSize({ width: 1280, height: 800 });
}

/** The first admin, or whoever is it already, before the list of what there is to run. */
async function comesToAdministration(): Promise<void> {
  if (alice === undefined) {
    alice = await stage.visitor("Alice");
    const [, link = ""] = /(http:\S+\/first-admin#\S+)/.exec(server.output()) ?? [];
    await alice.page.goto(link);
    await alice.fillsInAccount();
    await button(alice, "Begin").click();
    await alice.page.getByLabel("First channel").waitFor();
  } else alice = await stage.anotherDevice(alice);
  await alice.page.goto("/settings");
  await alice.page.getByRole("link", { name: "Run this place" }).click();
  await alice.sees(/accounts?$/);
}

test("an admin finds somebody, disables them and enables them again", async () => {
  await comesToAdministration();
  const { page } = alice;
  const found: string[] = [];
  const bob = await stage.person("Bob");
  await bob.asks((api) => api.createCommunity({ name: "Bob's own" }));
  await bob.page.getByRole("textbox", { name: "Message to general" }).waitFor();

  // People: found, made an account, signed out, disabled and enabled again.
  await page.getByRole("searchbox", { name: "Find a person" }).fill("bob");
  await page.getByRole("row", { name: /Bob/ }).getByRole("link").click();
  await dialog(alice, "Bob").getByText("Signed in on 1 device").waitFor();
  found.push(...(await barriers(page, "a person")));
  await picture("person");
  await button(alice, "Disable").click();
  await dialog(alice, "Disable Bob").getByText("signed out everywhere at once").waitFor();
  found.push(...(await barriers(page, "asking")));
  await picture("asking");
  await dialog(alice, "Disable Bob").getByRole("button", { name: "Disable" }).click();
  await alice.sees("The account is disabled");
  await bob.sees(/Signed out/);
  await button(alice, "Enable again").click();
  await button(alice, "Disable").waitFor();
  await button(alice, "Close").click();
  expect(found).toEqual([]);
});

test("an admin makes an account, ends its sessions, and cannot lock themselves out", async () => {
  await comesToAdministration();
  const { page } = alice;
  const found: string[] = [];
  await button(alice, "Create an account").click();
  await page.getByLabel("Name", { exact: true }).fill("Carol");
  await page.getByLabel("Login").fill("carol");
  await button(alice, /^Create$/)
    .last()
    .click();
  const link = await page.getByLabel("For Carol alone").inputValue();
  await button(alice, "Done").click();
  await alice.sees(/New this week/);
  found.push(...(await barriers(page, "people")));
  await picture("people");
  const carol = await stage.visitor("Carol");
  await carol.page.goto(link);
  await carol.page.getByLabel("New password").fill("correct horse battery");
  await carol.presses("Enter");
  await carol.page.waitForURL((address) => address.pathname === "/");

  await page.getByRole("row", { name: /Carol/ }).getByRole("link").click();
  await button(alice, "End all sessions").click();
  await dialog(alice, /everywhere/)
    .getByRole("button", { name: "End all sessions" })
    .click();
  await dialog(alice, "Carol").getByText("Not signed in").waitFor();
  await expect(carol.asks((api) => api.me())).rejects.toThrow("signed-out");
  await button(alice, "Close").click();

  // Whoever is alone with it cannot lock themselves out.
  await page.getByRole("row", { name: /Alice/ }).getByRole("link").click();
  await button(alice, "Make a member").click();
  await dialog(alice, /Make Alice/)
    .getByRole("button", { name: "Make a member" })
    .click();
  await alice.sees(/last admin who can sign in/);
  expect(found).toEqual([]);
});

test("an admin archives and deletes a community, takes it back, and decides who may come", async () => {
  await comesToAdministration();
  const { page } = alice;
  const found: string[] = [];
  const bob = await stage.person("Robert");
  await bob.asks((api) => api.createCommunity({ name: "Northern Networks" }));
  await goesTo(alice, "Communities");
  await page
    .getByRole("row", { name: /Northern Networks/ })
    .getByRole("link")
    .click();
  await button(alice, "Archive").click();
  await dialog(alice, /^Archive/)
    .getByRole("button", { name: "Archive" })
    .click();
  await button(alice, "Open it again").waitFor();
  await button(alice, "Delete").click();
  const deleting = dialog(alice, /^Delete/);
  await deleting.getByText("gone for ever").waitFor();
  expect(await deleting.getByRole("button", { name: "Delete" }).isDisabled()).toBe(true);
  await deleting.getByLabel("Type its name").fill("Northern Networks");
  await deleting.getByRole("button", { name: "Delete" }).click();
  await alice.sees("It is going to be deleted");
  found.push(...(await barriers(page, "a community")));
  await picture("community");
  await button(alice, "Keep it").click();
  await button(alice, "Open it again").waitFor();
  await button(alice, "Close").click();
  found.push(...(await barriers(page, "communities")));
  await picture("communities");

  // Settings hold at once.
  await goesTo(alice, "Settings");
  await page.getByLabel("What this place is called").fill("The northern moot");
  await page.getByLabel("Those who are invited").check();
  await button(alice, "Save").click();
  await alice.sees(/Saved. It holds everywhere/);
  found.push(...(await barriers(page, "settings")));
  await picture("settings");
  const dave = await stage.visitor("Dave");
  await dave.page.goto("/sign-up");
  await dave.sees(/needs an invitation/);

  expect(found).toEqual([]);
});

test("an admin's queue is there without a network, and what needs the server says so", async () => {
  await comesToAdministration();
  const { page } = alice;
  await goesTo(alice, "Queue");
  await alice.sees("Nothing waits for you");
  expect(await barriers(page, "the queue")).toEqual([]);
  await picture("queue");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.reload();
  await alice.sees("Nothing waits for you");
  await goesTo(alice, "Health");
  await alice.sees("You are offline.");
  await page.context().setOffline(false);
});

test("an admin sees how the place does and what goes on, and looks up what was done", async () => {
  await comesToAdministration();
  const { page } = alice;
  const found: string[] = [];
  await goesTo(alice, "Health");
  await alice.sees("up to date");
  await page.getByText("well", { exact: true }).nth(1).waitFor();
  found.push(...(await barriers(page, "health")));
  await picture("health");
  await goesTo(alice, "Live activity");
  await alice.sees("People here");
  found.push(...(await barriers(page, "live activity")));
  await picture("activity");

  await goesTo(alice, "Audit trail");
  await alice.sees(/ordered the deletion of/);
  await page.getByRole("searchbox", { name: "Find an act" }).fill("Carol");
  await alice.sees(/Alice ended all sessions of Carol/);
  await alice.seesNo(/ordered the deletion of/);
  found.push(...(await barriers(page, "the audit trail")));
  await picture("audit");
  await button(alice, "Export").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "A table (CSV)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("audit.csv");
  expect(found).toEqual([]);
});

test("for everybody else there is no administration", async () => {
  const mallory = await stage.visitor("Mallory");
  await mallory.page.goto("/sign-in");
  await expect(mallory.asks((api) => api.accounts())).rejects.toThrow();
});

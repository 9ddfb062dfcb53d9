import { expect, test } from "vitest";
import type { Locator } from "playwright-core";

import { pagePath } from "#client/paths.ts";
import type { CommunityId, PageId } from "#shared/ids.ts";
import { barriers } from "#tests/support/accessibility.ts";
import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

const editorOf = ({ page }: Guest): Locator => page.getByRole("textbox", { name: "Before you ask" });
const reading = ({ page }: Guest): Locator => page.getByRole("article");

/** Alice and Bob moderate, and there is a page pinned to their channel. */
async function moderators() {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const place = await stage.community(alice, bob);
  const person = (await bob.asks((api) => api.me())).id;
  await alice.asks((api) => api.changeRole({ id: place.community, person, role: "moderator" }));
  const { id } = await alice.asks((api) =>
    api.createPage({ id: place.community, title: "Before you ask", channel: place.channel, pinned: true }),
  );
  return { alice, bob, ...place, bobId: person, id, at: pagePath(place.community, id) };
}

async function edits(guest: Guest, community: CommunityId, page: PageId): Promise<void> {
  await guest.page.goto(`${pagePath(community, page)}?edit=1`);
  await editorOf(guest).waitFor();
}

/** At the end of the page, as one would type. */
async function adds(guest: Guest, text: string): Promise<void> {
  await editorOf(guest).focus();
  await guest.presses("Control+End", "Enter");
  await guest.page.keyboard.type(text);
}

test("two moderators edit one pinned post offline, both start anew, and both keep what they wrote", async () => {
  const { alice, bob, community, id, path } = await moderators();
  await edits(alice, community, id);
  await alice.page.keyboard.press("Tab");
  await editorOf(alice).focus();
  await alice.page.keyboard.type("Say which release you run.");
  await edits(bob, community, id);
  await editorOf(bob).getByText("Say which release you run.").waitFor();

  await Promise.all([alice.goesOffline(), bob.goesOffline()]);
  await adds(alice, "Say what you did.");
  await adds(bob, "Paste one line, not forty.");
  await alice.sees("changes on this device");
  await bob.sees("changes on this device");
  for (const guest of [alice, bob]) {
    await guest.page.reload();
    await editorOf(guest).getByText("Say which release you run.").waitFor();
  }
  await editorOf(alice).getByText("Say what you did.").waitFor();
  await editorOf(bob).getByText("Paste one line, not forty.").waitFor();
  expect(await editorOf(alice).getByText("Paste one line").count()).toBe(0);

  await Promise.all([alice.comesBack(), bob.comesBack()]);
  await editorOf(alice).getByText("Paste one line, not forty.").waitFor();
  await editorOf(bob).getByText("Say what you did.").waitFor();
  await expect.poll(async () => (await editorOf(alice).innerText()) === (await editorOf(bob).innerText())).toBe(true);
  await expect.poll(() => alice.page.getByText("changes on this device").count()).toBe(0);

  // Who only reads sees the same, on top of the channel.
  await alice.page.goto(path);
  const pins = alice.page.getByRole("region", { name: "Pinned pages" });
  await pins.getByText("Say what you did.").waitFor();
  await pins.getByText("Paste one line, not forty.").waitFor();

  // A phone shows what is pinned by its title.
  await alice.page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => pins.getByText("Say what you did.").count()).toBe(0);
  await pins.getByRole("button", { name: "Before you ask" }).click();
  await pins.getByText("Say what you did.").waitFor();
  expect(await barriers(alice.page, "pinned pages on a phone")).toEqual([]);
});

test("an editor who is demoted while offline finds what they wrote, with the reason", async () => {
  const { alice, bob, community, bobId, id } = await moderators();
  await edits(bob, community, id);
  await editorOf(bob).focus();
  await bob.page.keyboard.type("What holds here.");
  await edits(alice, community, id);
  await editorOf(alice).getByText("What holds here.").waitFor();

  await bob.goesOffline();
  await adds(bob, "A rule that nobody else has heard of.");
  await bob.sees("changes on this device");
  await alice.asks((api) => api.changeRole({ id: community, person: bobId, role: "member" }));
  await bob.comesBack();

  await bob.page.getByRole("button", { name: /^Not sent/ }).click();
  const drawer = bob.page.getByRole("dialog", { name: "Not sent" });
  await drawer.getByText("A rule that nobody else has heard of.").waitFor();
  await drawer.getByText("You may no longer edit this page. Nobody saw what you wrote.").waitFor();
  await drawer.getByRole("button", { name: "Copy what you wrote" }).waitFor();
  expect(await barriers(bob.page, "what was not accepted of a page")).toEqual([]);
  await bob.presses("Escape");
  await reading(bob).getByText("What holds here.").waitFor();
  expect(await reading(bob).getByText("A rule that nobody").count()).toBe(0);
  expect(await bob.page.getByRole("button", { name: "Edit" }).count()).toBe(0);
  expect(await editorOf(alice).getByText("A rule that nobody").count()).toBe(0);

  await bob.page.reload();
  await bob.page.getByRole("button", { name: /^Not sent/ }).click();
  await drawer.getByText("A rule that nobody else has heard of.").waitFor();
  await drawer.getByRole("button", { name: "Discard" }).click();
  await drawer.getByText("Everything you wrote was accepted").waitFor();
});

test("a moderator makes a page with what a page may hold, sees who else is there, and goes back to an older version", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community } = await stage.community(alice, bob);
  const { page } = alice;
  await page.getByRole("link", { name: "New page" }).click();
  await page.getByLabel("Title").fill("Before you ask");
  await page.getByRole("radio", { name: /All members/ }).check();
  expect(await barriers(page, "a new page")).toEqual([]);
  await page.getByRole("button", { name: "Make the page" }).click();
  await editorOf(alice).waitFor();

  await editorOf(alice).focus();
  await page.keyboard.type("# Say which release");
  await alice.presses("Enter");
  await page.keyboard.type("Warty is **stable**. Hoary is not.");
  await alice.presses("Enter");
  await page.keyboard.type("- one line, not forty");
  await alice.presses("Enter", "Enter");
  await page.keyboard.type("[ ] Link the list of laptops");
  await alice.presses("Enter", "Enter");
  await page.getByRole("toolbar").getByRole("button", { name: "Table" }).click();
  await page.getByRole("menuitem", { name: "New table" }).click();
  await page.keyboard.type("Release");
  await page.getByRole("toolbar").getByRole("button", { name: "Link" }).click();
  await page.getByLabel("Where does it go?").fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Link", exact: true }).last().click();
  await alice.sees("An address that begins with https://, http:// or mailto:");
  await page.getByLabel("Where does it go?").fill("example.org/laptops");
  await page.getByRole("button", { name: "Link", exact: true }).last().click();
  await editorOf(alice).getByRole("link", { name: "https://example.org/laptops" }).waitFor();
  expect(await barriers(page, "a page being edited")).toEqual([]);

  const { pages } = await alice.asks((api) => api.pages({ id: community }));
  const id = pages[0]?.id as PageId;
  await edits(bob, community, id);
  await editorOf(bob).focus();
  await bob.presses("Control+End");
  await alice.sees("Bob is editing now.");
  await page.locator(".caret", { hasText: "Bob" }).waitFor();
  await page.getByRole("button", { name: "Done", exact: true }).click();
  await reading(alice).getByRole("heading", { name: "Say which release" }).waitFor();
  expect(await reading(alice).locator("strong").innerText()).toBe("stable");
  expect(await reading(alice).getByRole("checkbox").count()).toBe(1);
  expect(await barriers(page, "a page")).toEqual([]);

  const versions = async () => (await alice.asks((api) => api.pageVersions({ id }))).versions;
  await expect.poll(async () => (await versions()).length, { timeout: 20_000 }).toBe(1);
  await alice.asks((api) => api.keepPageVersion({ id }));
  await adds(bob, "Something that should not stay");
  await reading(alice).getByText("Something that should not stay").waitFor();
  await expect.poll(async () => (await versions()).length, { timeout: 20_000 }).toBe(2);
  await page.getByRole("button", { name: "Edit" }).click();
  await editorOf(alice).waitFor();
  await page.getByRole("button", { name: "History" }).click();
  const history = page.getByRole("dialog", { name: "History" });
  await history.locator("ol button").first().click();
  await history.locator("ins", { hasText: "Something that should not stay" }).waitFor();
  expect(await barriers(page, "a version")).toEqual([]);
  await history.getByRole("button", { name: "All versions" }).click();
  await history.locator("ol button").nth(1).click();
  await history.getByRole("button", { name: "Go back to this" }).click();
  await expect.poll(() => editorOf(bob).getByText("Something that should not stay").count()).toBe(0);
  await editorOf(bob).getByText("Hoary is not.").waitFor();
});

test("people are found while one types, by the keys alone, and stand on the page by name", async () => {
  const { bob, community, id } = await moderators();
  await edits(bob, community, id);
  await editorOf(bob).focus();
  await bob.page.keyboard.type("Ask @ali");
  const alice = bob.page.getByRole("option", { name: "Alice" });
  await alice.waitFor();
  expect(await barriers(bob.page, "people to mention on a page")).toEqual([]);
  expect(await alice.getAttribute("id")).toBe(await editorOf(bob).getAttribute("aria-activedescendant"));
  await bob.page.keyboard.press("Enter");
  await alice.waitFor({ state: "detached" });
  await bob.page.keyboard.type("first, not @nobody");
  await editorOf(bob).getByText("first, not @nobody").waitFor();
  expect(await bob.page.getByRole("option").count()).toBe(0);
  await bob.page.getByRole("button", { name: "Done", exact: true }).click();
  await reading(bob).getByText("Ask @Alice first, not @nobody").waitFor();
  expect(await reading(bob).locator(".at").textContent()).toBe("@Alice");
});

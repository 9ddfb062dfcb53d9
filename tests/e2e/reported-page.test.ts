import { expect, test } from "vitest";

import { pagePath } from "#client/paths.ts";
import { barriers } from "#tests/support/accessibility.ts";
import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

const asksToReport = async ({ page }: Guest): Promise<void> => {
  await page.getByRole("button", { name: "What can be done with Laptops that sleep" }).click();
  await page.getByRole("menuitem", { name: "Report" }).click();
};

test("a page is reported offline, a moderator opens it from the queue and dismisses it, and who reported it is told", async () => {
  const [alice, bob, carol, mallory] = (await Promise.all(
    ["Alice", "Bob", "Carol", "Mallory"].map((name) => stage.person(name)),
  )) as [Guest, Guest, Guest, Guest];
  const { community } = await stage.community(alice, bob, carol, mallory);
  const person = (await bob.asks((api) => api.me())).id;
  await alice.asks((api) => api.changeRole({ id: community, person, role: "moderator" }));
  const { id } = await alice.asks((api) =>
    api.createPage({ id: community, title: "Laptops that sleep", kind: "wiki" }),
  );
  const at = pagePath(community, id);

  await mallory.page.goto(`${at}?edit=1`);
  await mallory.page.getByRole("textbox", { name: "Laptops that sleep" }).focus();
  await mallory.page.keyboard.type("Buy my cheap watches");
  await carol.page.goto(at);
  await carol.sees("Buy my cheap watches");

  await carol.goesOffline();
  await asksToReport(carol);
  const dialog = carol.page.getByRole("dialog", { name: "Report Laptops that sleep" });
  await dialog.getByText("Spam", { exact: true }).click();
  await dialog.getByLabel("Note").fill("This is an advertisement");
  expect(await barriers(carol.page, "reporting a page")).toEqual([]);
  await dialog.getByRole("button", { name: "Report", exact: true }).click();
  await carol.sees("Reported on this device. It leaves when you are online.");
  await asksToReport(carol);
  await dialog.getByText(/^You reported this/).waitFor();
  await dialog.getByRole("button", { name: "Let it stand" }).click();
  await carol.comesBack();

  await bob.page.getByRole("link", { name: /^Queue 1 open/ }).click();
  const docket = bob.page.getByRole("region", { name: "Case" });
  await docket.getByText("This is an advertisement").waitFor();
  await docket.getByRole("heading", { name: "One person reports this page: spam" }).waitFor();
  await docket.getByRole("article", { name: "Laptops that sleep" }).getByText("Buy my cheap watches").waitFor();
  await docket.getByRole("complementary").getByText("Mallory").waitFor();
  expect(await docket.getByRole("button", { name: /^Hide/ }).count()).toBe(0);
  expect(await barriers(bob.page, "the case of a page")).toEqual([]);
  await docket.getByRole("link", { name: "Open the page" }).click();
  await bob.page.getByRole("article").getByText("Buy my cheap watches").waitFor();
  await bob.page.getByRole("link", { name: /^Queue 1 open/ }).click();
  await docket.getByRole("button", { name: "Dismiss" }).click();
  await bob.sees("Nothing waits for you");

  await carol.page.getByRole("link", { name: /^Notices/ }).click();
  await carol.sees("Nothing more needs to be done about it.");
  await carol.page.getByRole("link", { name: "Laptops that sleep" }).click();
  await carol.sees("Buy my cheap watches");
  // Once it is answered it can be reported anew.
  await asksToReport(carol);
  await dialog.getByLabel("Note").waitFor();
  expect(await mallory.page.getByRole("link", { name: /^Notices/ }).count()).toBe(0);
});

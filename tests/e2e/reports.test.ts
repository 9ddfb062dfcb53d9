import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { barriers } from "#tests/support/accessibility.ts";
import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

/** The colours of a chart's bars, as they are painted now. */
const painted = ({ page }: Guest): Promise<string> =>
  page
    .locator("canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

test("who keeps a community sees what becomes of it, in a view that can be sent on, also when the network comes back", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community } = await stage.community(alice, bob);
  const { page } = alice;
  for (const text of ["One", "Two", "Three"]) await alice.says(text);
  await bob.says("Four");
  await bob.knowsDelivered("Four");
  await alice.knowsDelivered("Three");

  await page.getByRole("button", { name: "Community menu" }).click();
  await page.getByRole("menuitem", { name: "Reports" }).click();
  // The worker counts what was written within a moment.
  await expect
    .poll(
      async () => {
        await page.reload();
        await page
          .getByRole("table")
          .or(page.getByRole("heading", { name: "Nothing was written" }))
          .first()
          .waitFor();
        return page.getByRole("definition").allTextContents();
      },
      { timeout: 20_000 },
    )
    .toEqual(expect.arrayContaining(["4", "2"]));
  const engagement = page.getByRole("table", { name: "Messages, people, answers and reactions" });
  expect(await engagement.getByRole("row").nth(1).textContent()).toMatch(/4200$/);

  await page.getByLabel("Range", { exact: true }).selectOption("365");
  await page.getByLabel("Steps").selectOption("month");
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByLabel("Channel", { exact: true }).selectOption({ label: "commons" });
  await alice.sees("Twelve months of commons");
  await page.getByText("All messages by hour of day, Asia/Tokyo").waitFor();
  const address = page.url();
  expect(address).toContain("by=month");
  const other = await alice.newTab(address);
  await other.sees("Twelve months of commons");
  expect(await other.page.getByLabel("Time zone").inputValue()).toBe("Asia/Tokyo");
  expect(await other.page.getByRole("row").nth(1).textContent()).toMatch(/4200$/);
  await other.page.close();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  const file = join(mkdtempSync(join(tmpdir(), "folkmoot-csv-")), download.suggestedFilename());
  await download.saveAs(file);
  expect(readFileSync(file, "utf8")).toMatch(/\d,2,2,4,0,0\r\n$/);
  rmSync(dirname(file), { recursive: true });

  await alice.goesOffline();
  await alice.sees(/The server counts, and it cannot be reached now/);
  expect(await page.getByRole("link", { name: "CSV" }).count()).toBe(0);
  await alice.comesBack();
  await page.getByRole("heading", { name: "Busiest hours" }).waitFor();

  await bob.page.goto(`/c/${community}/reports`);
  await bob.sees("Nothing here for you");
});

test("nothing keeps people out of the reports, and charts change their colours with the theme", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community } = await stage.community(alice, bob);
  const { page } = alice;
  await alice.says("One");
  await alice.knowsDelivered("One");
  await bob.says("Fools");
  await alice.does("Report", "Fools");
  await page.getByRole("dialog").getByRole("button", { name: "Report", exact: true }).click();
  const open = async (report: string, shows: string): Promise<void> => {
    await expect
      .poll(
        async () => {
          await page.goto(`/c/${community}/reports?report=${report}`);
          await page
            .getByRole("heading", { name: shows })
            .or(page.getByRole("heading", { name: /^Nothing was (written|reported)/ }))
            .first()
            .waitFor();
          return page.getByRole("heading", { name: shows }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
  };

  await open("engagement", "Busiest hours");
  const byDay = await painted(alice);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => painted(alice)).not.toBe(byDay);
  const found = [...(await barriers(page, "engagement"))];
  await open("retention", "Came again");
  found.push(...(await barriers(page, "retention")));
  await open("moderation", "Reports and appeals");
  expect((await page.getByRole("definition").allTextContents()).slice(0, 4)).toEqual(["1", "1", "0", "–"]);
  const today = page.getByRole("table", { name: /^What was reported and settled/ }).getByRole("row");
  expect(await today.nth(1).textContent()).toMatch(/10––$/);
  found.push(...(await barriers(page, "moderation")));
  await open("answering", "Nothing was answered");
  found.push(...(await barriers(page, "nothing")));
  expect(found).toEqual([]);
});

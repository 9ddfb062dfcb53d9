import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Colours do not depend on the size, nor names and roles on colours: screens are looked at in these two by turns. */
const LOOKS = [
  { look: "light desk", size: DESK, colorScheme: "light" },
  { look: "dark phone", size: PHONE, colorScheme: "dark" },
] as const;

let turn = 0;

/** What keeps people out of a page, by day on a desk or by night on a phone: empty where nothing does. */
export async function barriers(page: Page, screen: string): Promise<readonly string[]> {
  const { look, size, colorScheme } = LOOKS[(turn += 1) % LOOKS.length] as (typeof LOOKS)[number];
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const found = (await barriersNow(page)).map((barrier) => `${screen}, ${look}: ${barrier}`);
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

async function barriersNow(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary ?? ""}`),
    );
}

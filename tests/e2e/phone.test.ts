import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";

const stage = openStage();
const PHONE = { viewport: { width: 390, height: 844 } };

test("on a phone, whoever is in no community yet sees the next step, with the places along the bottom", async () => {
  const { page } = await stage.person("Alice", PHONE);

  await page.getByRole("link", { name: "Discover communities" }).waitFor();
  const places = await page.getByRole("navigation", { name: "Places" }).boundingBox();
  expect((places?.y ?? 0) + (places?.height ?? 0)).toBe(844);
});

test("on a phone, an address that leads nowhere says so", async () => {
  const alice = await stage.person("Alice", PHONE);
  await stage.community(alice);

  await alice.page.goto(`/c/${uuid()}`);
  await alice.sees("There is nothing here for you.");
});

test("on a phone, a long name leaves room for what was said", async () => {
  const bob = await stage.person("Bob");
  await bob.asks((api) => api.changeMe({ name: "Bob of the very long name that goes on and on and on" }));
  await stage.community(bob);
  await bob.says(`The question ${"goes on and ".repeat(20)}`);
  await bob.does("Reply", "The question");
  await bob.says("The answer");
  await bob.page.setViewportSize(PHONE.viewport);

  const quoted = bob.message("The answer").getByRole("button", { name: /In answer to/ });
  const name = quoted.locator("b");
  const words = await quoted.getByText("The question").boundingBox();
  expect((words?.x ?? 390) + (words?.width ?? 0)).toBeLessThan(390);

  await bob.asks((api) => api.changeMe({ name: "Bob" }));
  await bob.page.reload();
  await bob.message("The answer").waitFor();
  expect(await name.evaluate((element) => element.scrollWidth - element.clientWidth), "cut off").toBe(0);
});

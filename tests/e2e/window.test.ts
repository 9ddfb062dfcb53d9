import { expect, test } from "vitest";

import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

test("whoever is at the newest message stays there, however large the window becomes", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { path } = await stage.community(alice, bob);
  for (let number = 1; number <= 30; number += 1) {
    await alice.composer().fill(`Line ${number}, ${"and so it goes on and on ".repeat(number % 7)}`);
    await alice.presses("Enter");
  }
  await alice.knowsDelivered("Line 30,");
  await bob.opens(path);
  await bob.presses("Shift+Escape");
  await bob.page.reload();
  await bob.message("Line 30,").waitFor();

  const isAtEnd = () =>
    bob.page.locator(".timeline").evaluate((box) => {
      const last = [...box.querySelectorAll("article")].at(-1);
      const below = (last?.getBoundingClientRect().bottom ?? Infinity) - box.getBoundingClientRect().bottom;
      return (last?.textContent?.includes("Line 30,") ?? false) && Math.abs(below) < 24;
    });
  await expect.poll(isAtEnd).toBe(true);
  for (const [width, height] of [
    [390, 844],
    [844, 390],
    [390, 844],
    // The keyboard of a phone takes half of the page.
    [390, 420],
    [390, 844],
    [1440, 900],
    [820, 500],
  ] as const) {
    await bob.page.setViewportSize({ width, height });
    await expect.poll(isAtEnd, { message: `${width} × ${height}` }).toBe(true);
  }

  // What one writes takes room, too.
  await bob.composer().fill("Many\nlines\nin\nwhat\nI\nwrite\nhere\n!");
  await expect.poll(isAtEnd, { message: "a tall composer" }).toBe(true);
  await bob.composer().fill("");
  await expect.poll(isAtEnd, { message: "a low composer" }).toBe(true);

  // Whoever scrolls while the rows are being measured again goes where they want to.
  const below = await bob.page.locator(".timeline").evaluate(async (box) => {
    const frame = () => new Promise(requestAnimationFrame);
    const left = () => box.scrollHeight - box.scrollTop - box.clientHeight;
    box.style.flex = "0 0 300px";
    for (let frames = 0; frames < 3; frames += 1) await frame();
    box.dispatchEvent(new WheelEvent("wheel", { deltaY: -500 }));
    box.scrollTop -= 500;
    for (let frames = 0; frames < 12; frames += 1) await frame();
    return left();
  });
  expect(below).toBeGreaterThan(300);
});

test("nothing that a page asks for is missing", async () => {
  const alice = await stage.person("Alice");
  const { path } = await stage.community(alice);
  const missing: string[] = [];
  alice.page.on("response", (response) => {
    if (response.status() === 404) missing.push(`${response.url()} for ${alice.page.url()}`);
  });

  for (const place of [path, "/search?q=heron", "/settings", "/discover", "/conversations", "/sign-in", "/docs/"]) {
    await alice.page.goto(place);
    await alice.page.waitForLoadState("networkidle", { timeout: 60_000 });
  }
  // Asked for by browsers of themselves, whatever a page says.
  expect((await alice.page.request.get("/favicon.ico")).status()).toBe(200);
  expect(missing).toEqual([]);
});

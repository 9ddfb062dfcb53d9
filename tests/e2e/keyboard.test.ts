import { expect, test } from "vitest";

import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

/** What has the focus, as it is told to somebody who listens. */
const focused = ({ page }: Guest): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (element === document.body) return "nothing";
    return `${element?.getAttribute("aria-label") ?? ""} ${element?.textContent ?? ""}`;
  });

const isAt = (guest: Guest, what: string | RegExp) => expect.poll(() => focused(guest)).toMatch(what);

const isWriting = (guest: Guest) =>
  expect.poll(() => guest.composer().evaluate((element) => element === document.activeElement)).toBe(true);

test("every act of a message is reached without a mouse", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  await stage.community(alice, bob);
  await bob.says("A question of Bob");
  await alice.sees("A question of Bob");

  // From the composer up into the messages, and back by Escape.
  await alice.composer().focus();
  await alice.page.keyboard.type("An answer of Alice");
  await alice.presses("Enter");
  await alice.sees("An answer of Alice");
  await alice.presses("Shift+F6");
  await isAt(alice, "An answer of Alice");
  await alice.presses("ArrowUp");
  await isAt(alice, "A question of Bob");
  await alice.presses("Escape");
  await isWriting(alice);

  // Reply.
  await alice.presses("Shift+F6", "r");
  await isWriting(alice);
  await alice.sees("Answer to Bob");
  await alice.page.keyboard.type("To this one");
  await alice.presses("Enter");
  await alice
    .message("To this one")
    .getByRole("button", { name: /In answer to/ })
    .waitFor();

  // React, from the keyboard alone: find a sign, take the first.
  await alice.presses("Shift+F6");
  await isAt(alice, "A question of Bob");
  await alice.presses("+");
  await alice.page.getByLabel("Find an emoji").waitFor();
  await alice.page.keyboard.type("party");
  await alice.presses("Enter");
  await alice.message("A question of Bob").getByRole("button", { name: /Alice/ }).waitFor();
  await bob.message("A question of Bob").getByRole("button", { name: /Alice/ }).waitFor();
  await isAt(alice, "A question of Bob");

  // Save, then hide with a reason, look under the veil, and show it again.
  await alice.presses("s");
  await alice.sees("Saved.");
  await alice.presses("h");
  await alice.page.getByLabel("Reason").waitFor();
  await alice.page.keyboard.type("off topic");
  await alice.presses("Enter");
  await bob.sees("Hidden by Alice: off topic.");
  await isAt(alice, "Hidden by Alice");
  await alice.presses("h");
  await bob.seesNo("Hidden by Alice: off topic.");

  // Edit, from the message and from the empty composer.
  await alice.presses("ArrowDown");
  await isAt(alice, "An answer of Alice");
  await alice.presses("e");
  await alice.page.getByRole("textbox", { name: "Reword the message" }).waitFor();
  await alice.presses("End");
  await alice.page.keyboard.type(", reworded");
  await alice.presses("Enter");
  await bob.sees("An answer of Alice, reworded");
  await isAt(alice, "An answer of Alice, reworded");
  await alice.presses("Escape");
  await isWriting(alice);
  await alice.presses("ArrowUp");
  await alice.page.getByRole("textbox", { name: "Reword the message" }).waitFor();
  await alice.presses("Escape");
  await isAt(alice, "To this one");

  // Everything else is in the menu of the message.
  await alice.presses("Tab", "Tab", "Tab");
  await isAt(alice, "Reply");
  await alice.presses("Tab", "Tab", "Enter");
  await isAt(alice, "React");
  const acts = await alice.page.getByRole("menuitem").allInnerTexts();
  expect(acts.map((text) => text.split("\n")[0])).toEqual([
    "React",
    "Reply",
    "Save",
    "Edit",
    "Copy text",
    "Copy link",
    "Hide",
    "Retract",
  ]);
  await alice.presses("ArrowUp");
  await isAt(alice, "Retract");
  await alice.presses("Escape");
  await isAt(alice, "More");

  // Retract: asked first, and the safe answer is the one at hand.
  await alice.page.keyboard.press("Escape");
  await alice.presses("Shift+F6", "Delete");
  await alice.page.getByRole("dialog", { name: "Retract this message?" }).waitFor();
  await alice.presses("Escape");
  await alice.presses("Delete");
  await alice.page.getByRole("button", { name: "Retract", exact: true }).focus();
  await alice.presses("Enter");
  await bob.sees("Removed by its author");
});

test("places are reached by keys, and a list of keys says how", async () => {
  const alice = await stage.person("Alice");
  await stage.community(alice);
  await alice.page.keyboard.press("Escape");
  await alice.presses("Control+k");
  await alice.page.getByPlaceholder("Where to?").waitFor();
  await alice.page.keyboard.type("gene");
  await alice.presses("Enter");
  await alice.page.getByRole("textbox", { name: "Message to general" }).waitFor();
  await alice.presses("Alt+ArrowDown");
  await alice.page.getByRole("textbox", { name: "Message to commons" }).waitFor();
  await alice.page.locator("body").click();
  await alice.presses("?");
  await alice.page.getByRole("dialog", { name: "Keys" }).waitFor();
  await alice.presses("Escape");
  await alice.presses("/");
  await alice.page.getByLabel("Search messages").waitFor();
  await isAt(alice, "");
});

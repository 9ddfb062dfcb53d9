import { expect, test } from "vitest";

import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

/** What a search finds, hit by hit. */
async function finds(guest: Guest, query: string, words: RegExp): Promise<readonly (string | undefined)[]> {
  await guest.page.goto("/search");
  await guest.page.getByLabel("Search messages").fill(query);
  await guest.sees(words);
  return (await guest.page.locator(".hit .words").allTextContents()).toSorted();
}

test("who wrote it and where can be asked together with words, whatever they are called", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { community, path } = await stage.community(alice, bob);
  await alice.asks((api) => api.changeMe({ name: "Alice van Bee" }));
  await bob.asks((api) => api.changeMe({ name: "鮑勃" }));
  const channel = await alice.asks((api) => api.createChannel({ id: community, name: "公園-bench" }));
  await alice.says("The heron stands in the pond");
  await bob.says("A heron was here too");
  await bob.opens(path.replace(/[^/]+$/, channel.id));
  await bob.says("No heron today, a 蒼鷺 at most");
  await alice.sees("A heron was here too");
  await bob.knowsDelivered("No heron today");

  expect(await finds(alice, "heron", /^3 messages found/)).toHaveLength(3);
  expect(await finds(alice, 'heron from:"Alice van Bee"', /^1 message found/)).toEqual([
    "The heron stands in the pond",
  ]);
  expect(await finds(alice, "heron from:鮑勃 in:commons", /^1 message found/)).toEqual(["A heron was here too"]);
  expect(await finds(alice, "from:鮑勃 in:公園-bench 蒼鷺", /^1 message found/)).toEqual([
    "No heron today, a 蒼鷺 at most",
  ]);
  expect(await finds(alice, 'pond from:"鮑勃"', /^Nothing found/)).toEqual([]);

  // By pressing, without knowing how it is written.
  await alice.page.getByLabel("Search messages").fill("heron");
  await alice.page.getByRole("button", { name: "Filter from" }).click();
  await alice.page.getByLabel("Who wrote it? A name.").fill("alice van bee");
  await alice.presses("Enter");
  await alice.sees(/^1 message found/);
  await alice.page.getByRole("button", { name: "Without from: alice van bee" }).waitFor();
});

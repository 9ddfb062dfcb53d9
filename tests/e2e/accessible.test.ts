import { expect, test } from "vitest";

import { barriers } from "#tests/support/accessibility.ts";
import type { Guest } from "#tests/support/guest.ts";
import { openStage } from "#tests/support/stage.ts";

const stage = openStage();

/** Goes there, waits for what shows that it is there, and collects what keeps people out. */
async function look(guest: Guest, path: string, shows: string | RegExp): Promise<readonly string[]> {
  await guest.page.goto(path);
  await guest.sees(shows);
  return barriers(guest.page, path);
}

test("nothing keeps people out of the pages before the sign-in", async () => {
  const alice = await stage.visitor("Alice");
  expect([
    ...(await look(alice, "/sign-in", "Take a seat.")),
    ...(await look(alice, "/sign-up", "One seat, for as long as you like.")),
    ...(await look(alice, "/forgotten", "Forgotten")),
    ...(await look(alice, "/first-admin", "Half a link")),
    ...(await look(alice, "/reset#nothing", "A new password")),
    ...(await look(alice, "/invitation#nothing", "Half a link")),
  ]).toEqual([]);
});

test("nothing keeps people out of a conversation, whatever stands in it", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const { path } = await stage.community(alice, bob);
  const { page } = alice;
  const found = [...(await barriers(page, "an empty channel"))];

  await bob.composer().fill("See **this** `code` and https://example.org");
  await bob.presses("Enter");
  await alice.sees("See this code");
  await bob.says("Buy my cheap watches");
  await bob.says("I take this back");
  await bob.retracts("I take this back");
  await alice.hides("cheap watches", "advertising");
  await alice.reacts("See this code", "🎉");
  await alice.does("Reply", "See this code");
  await alice.says("An answer");
  await alice.edits("An answer", "A better answer");
  await bob.page.getByRole("link", { name: "general" }).click();
  await alice.composer().pressSequentially("@Bo");
  await page.getByRole("option", { name: "Bob" }).waitFor();
  found.push(...(await barriers(page, "choosing whom one means")));
  await alice.presses("Enter", "Enter");
  await alice.goesOffline();
  await alice.says("Waits");
  found.push(...(await barriers(page, "a full channel, offline")));
  await alice.comesBack();
  await bob.page.goto(path);
  await bob.sees(/new since/);
  found.push(...(await barriers(bob.page, "new messages")));

  await alice.message("A better answer").hover();
  found.push(...(await barriers(page, "acts of a message")));
  for (const [act, shows] of [
    ["React", "Find an emoji"],
    ["Hide", "Reason"],
    ["Show earlier text", "Close"],
    ["Retract", "Keep it"],
  ] as const) {
    await alice.does(act, "A better answer");
    await page
      .getByLabel(shows)
      .or(page.getByRole("button", { name: shows }))
      .first()
      .waitFor();
    found.push(...(await barriers(page, act)));
    await alice.presses("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await alice.message("A better answer").hover();
  await alice.message("A better answer").getByRole("button", { name: "More" }).click();
  found.push(...(await barriers(page, "the menu of a message")));
  await alice.presses("Escape");
  await alice.presses("Control+k");
  await page.getByPlaceholder("Where to?").waitFor();
  found.push(...(await barriers(page, "the palette")));
  await alice.presses("Escape");
  expect(found).toEqual([]);
});

test("nothing keeps people out of the places around the talk", async () => {
  const [alice, bob] = await Promise.all([stage.person("Alice"), stage.person("Bob")]);
  const found = [...(await barriers(alice.page, "no community yet"))];
  const { community, channel } = await stage.community(alice, bob);
  await alice.says("Something to find");
  await alice.knowsDelivered("Something to find");
  const conversation = await bob.asks(async (api) =>
    api.startConversation({ kind: "direct", people: [(await alice.asks((own) => own.me())).id] }),
  );
  const manage = `/c/${community}/settings`;

  for (const [path, shows] of [
    [`/c/${community}/members`, "Bob"],
    [manage, "Who may come in?"],
    [`${manage}/channels`, "general"],
    [`${manage}/channels/new`, "A new channel"],
    [`${manage}/channels/${channel}`, "commons"],
    [`${manage}/invitations`, "A link to send round"],
    [`/communities/${community}`, "Northern Networks"],
    ["/communities/new", "A new community"],
    ["/discover", "Discover communities"],
    ["/conversations", "Conversations are between few."],
    ["/conversations/new", "With whom"],
    [`/conversations/${conversation.id}`, "Nobody has spoken here yet."],
    ["/search?q=find", /1 message|newest/],
    ["/settings/profile", "Profile"],
    ["/settings/appearance", "Appearance"],
    ["/settings/sign-in", "Sign-in and devices"],
    ["/settings/device", "What it holds"],
    ["/nowhere", "There is nothing here for you."],
  ] as const) {
    found.push(...(await look(alice, path, shows)));
  }
  await alice.page.goto("/settings");
  await alice.page.getByRole("button", { name: "Sign out" }).click();
  await alice.page.getByRole("dialog").waitFor();
  found.push(...(await barriers(alice.page, "signing out")));
  expect(found).toEqual([]);
});

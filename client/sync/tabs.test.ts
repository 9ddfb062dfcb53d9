import { expect, test } from "vitest";

import { until } from "#tests/support/until.ts";

import { onDeath, showLife, takePart, type TabRole } from "./tabs.ts";

interface Tab {
  readonly parts: string[];
  readonly role: TabRole;
}

/** A tab of an account; `answer` is called when it wants to hear of the owner. */
function openTab(name: string, answer: (role: TabRole) => void = () => undefined): Tab {
  const parts: string[] = [];
  const role = takePart(name, {
    own: () => parts.push("owner"),
    follow: () => parts.push("follower"),
    ask: () => answer(role),
  });
  return { parts, role };
}

test("the first tab owns, the second follows, and takes over when the first is closed", async () => {
  const first = openTab("a");
  await until(() => first.parts.length > 0);
  const second = openTab("a", (role) => role.heardOwner());
  await until(() => second.parts.length > 0);
  expect([first.parts, second.parts]).toEqual([["owner"], ["follower"]]);

  first.role.close();
  await until(() => second.parts.includes("owner"));
  second.role.close();
});

test("an owner that gives no sign of life is robbed, and follows from then on", async () => {
  const frozen = openTab("b");
  await until(() => frozen.parts.includes("owner"));
  const visible = openTab("b");
  await until(() => visible.parts.includes("owner"));
  await until(() => frozen.parts.length === 2);
  expect(frozen.parts).toEqual(["owner", "follower"]);
  visible.role.close();
  frozen.role.close();
});

test("an owner that answers is left in peace", async () => {
  const owner = openTab("c");
  await until(() => owner.parts.includes("owner"));
  let asked = 0;
  const follower = openTab("c", (role) => {
    asked += 1;
    role.heardOwner();
  });
  await until(() => asked === 5);
  expect(follower.parts).toEqual(["follower"]);
  [owner, follower].forEach(({ role }) => role.close());
});

test("the end of a tab is noticed", async () => {
  const die = await showLife("d");
  let isGone = false;
  onDeath("d", () => void (isGone = true));
  expect(isGone).toBe(false);
  die();
  await until(() => isGone);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { until } from "#tests/support/until.ts";

import { openTabBus } from "./tab-bus.ts";
import { takeTurns, type Turns } from "./turns.ts";

interface Tab {
  readonly parts: string[];
  readonly turns: Turns;
}

const closing: (() => void)[] = [];
let account: MemberId;
let count = 0;
beforeEach(() => void (account = `alice ${(count += 1)}` as MemberId));
afterEach(() => closing.splice(0).forEach((close) => close()));

function openTab(): Tab {
  const bus = openTabBus(account);
  const parts: string[] = [];
  const turns = takeTurns(bus, { own: () => parts.push("owner"), stepAside: () => parts.push("aside") });
  closing.push(turns.close, bus.close);
  return { parts, turns };
}

/** Who works, once all have heard of all that was said before. */
async function owners(tabs: readonly Tab[]): Promise<readonly Tab[]> {
  const [asking, listening] = [openTabBus(account), openTabBus(account)];
  closing.push(asking.close, listening.close);
  let isHeard = false;
  listening.onMessage(({ type }) => void (isHeard ||= type === "ask"));
  asking.post({ type: "ask" });
  await until(() => isHeard);
  return tabs.filter(({ parts }) => parts.at(-1) === "owner");
}

test("the latest that was asked to works, and no other", async () => {
  const [first, second] = [openTab(), openTab()];
  first.turns.take();
  expect(await owners([first, second])).toEqual([first]);
  second.turns.take();
  await until(() => first.parts.at(-1) === "aside");
  expect(await owners([first, second])).toEqual([second]);
  first.turns.take();
  await until(() => second.parts.at(-1) === "aside");
  expect(await owners([first, second])).toEqual([first]);
});

test("of several that begin at the same time one works", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const tabs = [openTab(), openTab(), openTab()];
  tabs.forEach(({ turns }) => turns.take());
  vi.useRealTimers();
  await until(() => tabs.flatMap(({ parts }) => parts).length >= 5);
  expect(await owners(tabs)).toHaveLength(1);
});

test("whoever is asked to works, also when the clock was set back meanwhile", async () => {
  const [first, second] = [openTab(), openTab()];
  first.turns.take();
  await owners([]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 86_400_000 });
  second.turns.take();
  vi.useRealTimers();
  await until(() => first.parts.at(-1) === "aside");
  expect(await owners([first, second])).toEqual([second]);
});

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type Browser, type BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";

import { channelPath } from "#client/paths.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";

import { createGuest, type Guest } from "./guest.ts";

/** A browser in which people come and go. Each has a profile of their own, as on a device of their own. */
export interface Stage {
  readonly url: string;
  /** Somebody who has just opened the page. */
  visitor(name: string, options?: BrowserContextOptions): Promise<Guest>;
  /** Somebody with an account, signed in. */
  person(name: string, options?: BrowserContextOptions): Promise<Guest>;
  /** The same person on another device. */
  anotherDevice(guest: Guest): Promise<Guest>;
  /** Somebody else at the same device. */
  sameDevice(guest: Guest, name: string): Guest;
  /** An open community of the first of them, all of them in it, and before its channel. */
  community(founder: Guest, ...others: readonly Guest[]): Promise<Place>;
}

export interface Place {
  readonly community: CommunityId;
  readonly channel: ChannelId;
  readonly path: string;
}

export const COMMUNITY = "Northern Networks";
export const CHANNEL = "commons";

let people = 0;

/** Call it at the top of a test file. After each test everybody leaves; a picture is left of what failed. */
export function openStage(at: () => string = () => inject("stage").url): Stage {
  const guests: Guest[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.connect(inject("stage").browser);
  });
  afterEach(async ({ task }) => {
    const leaving = guests.splice(0);
    if (task.result?.state === "fail") await takePictures(task.name, leaving);
    await Promise.all(leaving.map(({ context }) => context.close()));
    // Whatever the page could not cope with is a failure, even if nobody saw it.
    expect(leaving.flatMap(({ problems }) => problems)).toEqual([]);
  });
  afterAll(() => browser.close());

  async function come(name: string, login: string, options?: BrowserContextOptions): Promise<Guest> {
    const address = `10.${process.pid & 255}.${people >> 8}.${people & 255}`;
    const extraHTTPHeaders = { "x-forwarded-for": address };
    const context = await browser.newContext({ baseURL: at(), extraHTTPHeaders, ...options });
    const guest = await createGuest({ name, login, context });
    guests.push(guest);
    return guest;
  }

  return {
    get url() {
      return at();
    },
    visitor: (name, options) => come(name, loginOf(name), options),
    async person(name, options) {
      const guest = await come(name, loginOf(name), options);
      await guest.arrives(at());
      return guest;
    },
    async anotherDevice({ name, login }) {
      const guest = await come(name, login);
      await guest.signsIn();
      return guest;
    },
    sameDevice: (guest, name) => guest.givesWayTo({ name, login: loginOf(name) }),
    async community(founder, ...others) {
      const { id } = await founder.asks((api) => api.createCommunity({ name: COMMUNITY, access: "open" }));
      const channel = await founder.asks((api) => api.createChannel({ id, name: CHANNEL }));
      await Promise.all(others.map((other) => other.asks((api) => api.joinCommunity({ id }))));
      const path = channelPath(id, channel.id);
      await Promise.all([founder, ...others].map((guest) => guest.opens(path)));
      return { community: id, channel: channel.id, path };
    },
  };
}

/** Logins are one's own for ever, and all tests share a server. */
const loginOf = (name: string): string => `${name.toLowerCase()}-${process.pid}-${(people += 1)}`;

async function takePictures(test: string, guests: readonly Guest[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-pictures-"));
  for (const { name, context } of guests) {
    for (const [index, page] of context.pages().entries())
      await page.screenshot({ path: join(folder, `${name}-${index + 1}.png`) }).catch(() => undefined);
  }
  process.stderr.write(`What “${test}” looked like when it failed: ${folder}\n`);
}

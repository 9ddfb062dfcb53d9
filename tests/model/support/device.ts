import type { Local, Timeline } from "#client/sync/local.ts";
import type { ChannelId } from "#shared/ids.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import { createBrowser, type Browser } from "#tests/support/browser.ts";
import { createOwnStorage } from "#tests/support/own-storage.ts";
import { until } from "#tests/support/until.ts";

import { createFaults, type Faults } from "./faults.ts";

/** Somebody's device, with the page of the channel open. */
export interface Device {
  readonly me: Me;
  readonly browser: Browser;
  readonly faults: Faults;
  /** The page as it is now. Whatever is done with it happens in its browser. */
  readonly local: Local;
  readonly timeline: Timeline;
  readonly failures: readonly unknown[];
  /** Which of the nodes it is connected to. */
  node: number;
  does<Answer>(act: (local: Local) => Answer): Answer;
  isOnline(): boolean;
  /** Closes the page, and opens it again from what is stored here. */
  reload(): Promise<void>;
  goOffline(): Promise<void>;
  comeBack(): void;
  /** Resolves when nothing that is here waits to leave. */
  calm(): Promise<void>;
  close(): void;
}

export async function openDevice(
  me: Me,
  cookie: string,
  channel: ChannelId,
  urls: readonly (() => string)[],
): Promise<Device> {
  const failures: unknown[] = [];
  const faults = createFaults(() => browser.goOffline());
  const browser: Browser = createBrowser(() => (urls[device.node] as () => string)(), {
    storage: createOwnStorage(),
    cookies: [cookie],
    wiretap: faults,
  });
  let local: Local;
  let timeline: Timeline;

  async function open(): Promise<void> {
    local = await browser.open(me, { failed: (problem) => void failures.push(problem) });
    timeline = browser.run(() => local.openTimeline(() => channel));
  }

  const isOnline = (): boolean => local.connection().state === "online";
  const device: Device = {
    me,
    browser,
    faults,
    failures,
    node: 0,
    get local() {
      return local;
    },
    get timeline() {
      return timeline;
    },
    does: (act) => browser.run(() => act(local)),
    isOnline,
    async reload() {
      device.close();
      await open();
    },
    async goOffline() {
      browser.goOffline();
      await until(() => !isOnline(), "the loss");
    },
    comeBack() {
      browser.goOnline();
      device.does(({ reconnect }) => reconnect());
    },
    calm: () => until(() => local.device().waiting === 0, "everything to leave"),
    close: () => browser.run(() => local.close()),
  };
  await open();
  return device;
}

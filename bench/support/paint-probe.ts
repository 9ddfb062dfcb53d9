import type { BrowserContext, Page } from "playwright-core";

/** What the probe in the page knows; times in ms since the navigation began. */
interface Probe {
  readonly firstAt: number | undefined;
  readonly allAt: number | undefined;
  /** From the next press of Enter on, a message with this text is watched. */
  readonly watch: (text: string) => void;
  /** How long it took until the watched message was painted, and until it was on the server, in ms. */
  readonly sent: () => Promise<Sent>;
}

export interface Sent {
  readonly painted: number;
  readonly onServer: number;
}

declare global {
  var paintProbe: Probe;
}

/** Has every page of a browser note when messages are painted: the first of them, and as many as `all` in view at once. */
export const installProbe = (context: BrowserContext, all: number): Promise<unknown> =>
  context.addInitScript(probe, all);

/** Resolves when all are painted. */
export async function painted({
  page,
}: {
  readonly page: Page;
}): Promise<{ readonly first: number; readonly all: number }> {
  await page.waitForFunction(() => globalThis.paintProbe.allAt !== undefined);
  return page.evaluate(() => ({
    first: globalThis.paintProbe.firstAt as number,
    all: globalThis.paintProbe.allAt as number,
  }));
}

/** Runs in the page, before anything else. */
function probe(all: number): void {
  const state: { firstAt?: number; allAt?: number } = {};
  const inView = (): number =>
    [...document.querySelectorAll(".timeline:not(.unsettled) article")].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    }).length;

  /** What a frame shows is painted when the first task after it runs. */
  const afterPaint = (note: () => void): void => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", note);
    port1.start();
    port2.postMessage(undefined);
  };

  function look(): void {
    const seen = inView();
    if (state.firstAt === undefined && seen > 0) afterPaint(() => (state.firstAt ??= performance.now()));
    if (seen >= all) afterPaint(() => (state.allAt ??= performance.now()));
    if (state.allAt === undefined) requestAnimationFrame(look);
  }
  requestAnimationFrame(look);

  const messageOf = (text: string): Element | undefined =>
    [...document.querySelectorAll("article")].findLast((row) => row.textContent?.includes(text));

  const untilPainted = (holds: () => boolean): Promise<number> =>
    new Promise((resolve) => {
      const wait = (): unknown =>
        holds() ? afterPaint(() => resolve(performance.now())) : requestAnimationFrame(wait);
      requestAnimationFrame(wait);
    });

  let sent: Promise<Sent>;
  function watch(text: string): void {
    const { promise: pressed, resolve } = Promise.withResolvers<number>();
    addEventListener("keydown", ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
    sent = pressed.then(async (at) => {
      const [painted, onServer] = await Promise.all([
        untilPainted(() => messageOf(text) !== undefined),
        untilPainted(() => messageOf(text)?.textContent?.includes("On the server") === true),
      ]);
      return { painted: painted - at, onServer: onServer - at };
    });
  }

  Object.assign(globalThis, { paintProbe: Object.assign(state, { watch, sent: () => sent }) });
}

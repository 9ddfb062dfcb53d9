import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip, gzipSync } from "node:zlib";

import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

import { channelPath } from "#client/paths.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { links } from "#shared/protocol/links.ts";
import { settleIn } from "#server/commands/settle-in.ts";
import { readConfig } from "#server/config.ts";
import { NO_LIMITS } from "#server/documents/segment-size.ts";
import { openWorkplace } from "#server/workplace.ts";
import { chromiumOptions } from "#tests/support/chromium.ts";
import { startServer } from "#tests/support/server-process.ts";

import { median, percentile } from "./support/median.ts";
import { installProbe, painted, type Sent } from "./support/paint-probe.ts";
import { report } from "./support/report.ts";

/**
 * Claims, for a channel whose segment has 5,000 entries: no more than 150 KB of JavaScript come before the first message;
 * the last 50 messages are painted within 500 ms of a reload without a network; what one says is painted within 50 ms of
 * the key.
 * Baselines in the same run: the same page for a browser that has nothing yet, online; and when what one says is on the
 * server, which is when a client without a store of its own could show it.
 */
const ENTRIES = 5_000;
const MESSAGES = 50;
const RELOADS = 9;
const VISITS = 5;
const SENDS = 60;
/** As high as that 50 messages are in view. */
const TALL = { width: 1280, height: 3_000 };
const USUAL = { width: 1280, height: 800 };

const folder = mkdtempSync(join(tmpdir(), "folkmoot-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const { token, path } = await prepare();
const server = startServer({ dataDirectory: folder });
const url = await server.open;
const browser = await chromium.launch(chromiumOptions);

try {
  const home = await browser.newContext({ baseURL: url, viewport: TALL });
  const page = await settle(home);
  const cookies = await home.cookies();

  const visits = await repeat(VISITS, () => visit(browser, cookies));
  const reloads = await reloadOffline(home, page);
  const sends = await sendMany(page);

  const kilobytes = median(visits.map((one) => one.javascript)) / 1_000;
  const reload = median(reloads);
  const key = percentile(
    sends.map((sent) => sent.painted),
    0.95,
  );
  report({
    bench: "client",
    entries: ENTRIES,
    javascript_kb: kilobytes,
    reload_offline_ms: reload,
    reload_offline_worst_ms: Math.max(...reloads),
    baseline_first_visit_online_ms: median(visits.map((one) => one.all)),
    key_to_paint_p50_ms: median(sends.map((sent) => sent.painted)),
    key_to_paint_p95_ms: key,
    baseline_key_to_server_p50_ms: median(sends.map((sent) => sent.onServer)),
    baseline_key_to_server_p95_ms: percentile(
      sends.map((sent) => sent.onServer),
      0.95,
    ),
    goal: "JavaScript ≤ 150 KB gzipped, 50 messages of a reload offline < 500 ms, key to paint p95 < 50 ms",
    ok: kilobytes <= 150 && reload < 500 && key < 50,
  });
} finally {
  await browser.close();
  server.signal("SIGTERM");
  await server.exit;
}

/** An installation in which a channel has one full segment of real talk. */
async function prepare() {
  const config = readConfig({ DATA_DIR: folder });
  if (!config.ok) throw new Error(config.problem);
  const history = join(folder, "history.ndjson");
  writeFileSync(history, await firstLines(join(import.meta.dirname, "../examples/ubuntu-irc.ndjson.gz"), ENTRIES));

  await using workplace = await openWorkplace(config.value, { limits: NO_LIMITS });
  const { member } = await settleIn(workplace, history, () => "correct horse battery");
  const channel = await workplace.db
    .selectFrom("channel")
    .select(["id", "community_id"])
    .where("name", "=", "ubuntu")
    .executeTakeFirstOrThrow();
  return { token: member.token, path: channelPath(channel.community_id as CommunityId, channel.id as ChannelId) };
}

async function firstLines(file: string, many: number): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    if (lines.push(line) === many) break;
  }
  return `${lines.join("\n")}\n`;
}

/** Signs in, and stays until the device has everything that a reload without a network needs. */
async function settle(context: BrowserContext): Promise<Page> {
  await installProbe(context, MESSAGES);
  const page = await context.newPage();
  await page.goto(links.signIn(url, token));
  await page.getByRole("link", { name: "Ubuntu IRC" }).waitFor();
  await page.goto(path);
  await painted({ page });
  await page.evaluate(() => navigator.serviceWorker.ready);
  return page;
}

/** A browser with nothing but the cookie: what it must load, and how long it takes. */
async function visit(browser: Browser, cookies: Awaited<ReturnType<BrowserContext["cookies"]>>) {
  const context = await browser.newContext({ baseURL: url, viewport: TALL });
  await context.addCookies(cookies);
  await installProbe(context, MESSAGES);
  const page = await context.newPage();
  await page.goto(path);
  const { first, all } = await painted({ page });
  const scripts = await page.evaluate(scriptsBefore, first);
  await context.close();
  return { all, javascript: await gzipped(scripts) };
}

/** Runs in the page: the scripts that were asked for before a moment. */
function scriptsBefore(moment: number): string[] {
  return performance
    .getEntriesByType("resource")
    .filter(({ name, startTime }) => name.endsWith(".js") && startTime < moment)
    .map(({ name }) => name);
}

async function gzipped(scripts: readonly string[]): Promise<number> {
  const sizes = scripts.map(async (script) => gzipSync(await (await fetch(script)).bytes()).length);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

async function reloadOffline(context: BrowserContext, page: Page): Promise<readonly number[]> {
  await context.setOffline(true);
  const times = await repeat(RELOADS, async () => {
    await page.reload();
    return (await painted({ page })).all;
  });
  await context.setOffline(false);
  await page.getByText(/^Offline since|^Connecting$/).waitFor({ state: "detached" });
  return times;
}

async function sendMany(page: Page): Promise<readonly Sent[]> {
  await page.setViewportSize(USUAL);
  await page.getByRole("textbox", { name: "Message to ubuntu" }).focus();
  let count = 0;
  return repeat(SENDS, async () => {
    const text = `message number ${(count += 1)} of the bench`;
    await page.keyboard.type(text);
    await page.evaluate((text) => globalThis.paintProbe.watch(text), text);
    await page.keyboard.press("Enter");
    return page.evaluate(() => globalThis.paintProbe.sent());
  });
}

/** One after the other. */
async function repeat<Value>(times: number, act: () => Promise<Value>): Promise<readonly Value[]> {
  const values: Value[] = [];
  while (values.length < times) values.push(await act());
  return values;
}

import { ulid } from "ulid";

import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";

/** When it is on the page, in ms since 1970. */
export const NOW = 1_795_000_000_000;

const id = (last: string): string => `0190c2a0-0000-7000-8000-${last.padStart(12, "0")}`;

export const ALICE = id("a") as MemberId;
export const BOB = id("b") as MemberId;
export const CAROL = id("c") as MemberId;
export const HOME = id("c0") as CommunityId;
export const CHANNEL = id("c1") as ChannelId;
export const NEWS = id("c2") as ChannelId;
export const SECRET = id("c3") as ChannelId;
export const PAGE = id("c4") as PageId;

const STAND_FOR: Readonly<Record<string, string>> = {
  alice: ALICE,
  bob: BOB,
  carol: CAROL,
  channel: `channel:${CHANNEL}/1`,
  news: `channel:${NEWS}/1`,
  secret: `channel:${SECRET}/1`,
  page: `page:${PAGE}`,
  home: `user:${BOB}/1`,
  desk: `desk:${HOME}/1`,
  ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index + 1, ulidOf(index + 1)])),
};

/** The same ULIDs in every run. */
function ulidOf(index: number): string {
  return `01M7000000000000000000000${index}`;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

export const inMs = (count: string, unit: string): number => Number(count) * (UNITS[unit] as number);

/** What the words of a page stand for in one conversation. */
export interface Values {
  /** Words that begin with a dollar sign, wherever they stand in a text. */
  said(text: string): string;
  /** A value as it goes over the wire. */
  read(json: string): unknown;
  define(name: string, next: () => string): void;
  readonly now: number;
  pass(ms: number): void;
}

export function createValues(): Values {
  let now = NOW;
  let count = 100;
  const series = new Map<string, () => string>([
    ["id", () => ulid(now)],
    ["n", () => String((count += 1))],
    ["now", () => String(now)],
  ]);

  const said = (text: string): string =>
    text.replaceAll(/\$([a-z]+|\d)/g, (word, name: string) => STAND_FOR[name] ?? series.get(name)?.() ?? word);

  function expanded(value: unknown): unknown {
    if (typeof value === "string") return spoken(value);
    if (Array.isArray(value)) return value.map(expanded);
    if (typeof value !== "object" || value === null) return value;
    const { text, item, times, ...others } = value as { text?: string; item?: unknown; times?: number };
    if (times !== undefined && text !== undefined) return text.repeat(times);
    if (times !== undefined) return Array.from({ length: times }, () => expanded(item));
    return Object.fromEntries(
      Object.entries({ ...(text === undefined ? {} : { text }), ...others }).map(([key, one]) => [key, expanded(one)]),
    );
  }

  function spoken(text: string): unknown {
    const [isTime, sign, amount = "0", unit = "ms"] = /^\$now(?: ([+-]) (\d+) (\w+))?$/.exec(text) ?? [];
    if (isTime !== undefined) return now + (sign === "-" ? -1 : 1) * inMs(amount, unit);
    return text === "$n" ? Number(said(text)) : said(text);
  }

  return {
    said,
    read: (json) => expanded(JSON.parse(json)),
    define: (name, next) => void series.set(name, next),
    get now() {
      return now;
    },
    pass: (ms) => void (now += ms),
  };
}

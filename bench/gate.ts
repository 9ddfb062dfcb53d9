import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";
import { ulid } from "ulid";

import { logName, parseDocumentName, type Author, type DocumentRef } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { createDigest } from "#server/documents/digest.ts";
import { createView } from "#server/gate/document-view.ts";
import { createKeys } from "#server/gate/entry-key.ts";
import { judge } from "#server/gate/judge.ts";
import { readUpdate } from "#server/gate/read-update.ts";

import { report } from "./support/report.ts";
import { median } from "./support/median.ts";

/**
 * Claim: to parse and judge an honest update of one message costs at most 15 µs, however long the channel is.
 * Baseline: what Yjs needs to apply the same update, judging nothing.
 */
const UPDATES = 2_000;
const RUNS = 7;
const SIZES = [1_000, 10_000, 50_000] as const;
const AUTHORS = 200;

const name = "channel:0190c2a0-0000-7000-8000-000000000001/1";
const member = (index: number): MemberId =>
  `0190c2a0-0000-7000-8000-${String(index + 100).padStart(12, "0")}` as MemberId;
const message = (index: number, at: number) => ({
  id: ulid(at),
  at,
  kind: "message",
  body: `message ${index} of a long conversation`,
});

interface Channel {
  readonly doc: Doc;
  readonly bindings: ReadonlyMap<number, Author>;
}

function channelOf(size: number): Channel {
  const doc = new Doc();
  const bindings = new Map<number, Author>();
  for (let index = 0; index < AUTHORS; index += 1) {
    const device = new Doc();
    const entries = Array.from({ length: size / AUTHORS }, (_, entry) => message(entry, Date.now() - 1_000));
    device.getArray(logName(member(index))).push(entries);
    bindings.set(device.clientID, member(index));
    applyUpdate(doc, encodeStateAsUpdate(device));
  }
  return { doc, bindings };
}

/** What a client on a connection of its own sends, message by message. */
function honestUpdates(): Uint8Array[] {
  const device = new Doc();
  const updates: Uint8Array[] = [];
  device.on("update", (update) => updates.push(update));
  for (let index = 0; index < UPDATES; index += 1)
    device.getArray(logName(member(0))).push([message(index, Date.now())]);
  return updates;
}

const standing = {
  actor: { id: member(0), platformAdmin: false, role: "member", inside: false },
  target: { place: "chat" },
} as const;
const document = { name, ref: parseDocumentName(name) as DocumentRef, closed: undefined };
const sender = member(0);
const digest = createDigest(new Uint8Array(32));
const waitFor = (): number => 0;

/** In µs for each update. */
function judged({ doc, bindings }: Channel): number {
  const view = createView(doc, bindings);
  const keys = createKeys();
  return timed((bytes) => {
    const update = readUpdate(bytes);
    if (!update.ok) throw new Error(update.problem.why);
    const now = Date.now();
    const verdict = judge({
      document,
      update: update.value,
      step2: false,
      sender,
      standing,
      view,
      keys,
      digest,
      waitFor,
      now,
    });
    if (verdict.kind !== "admitted") throw new Error(JSON.stringify(verdict));
  });
}

/** In µs for each update. */
function applied({ doc }: Channel): number {
  const copy = new Doc();
  applyUpdate(copy, encodeStateAsUpdate(doc));
  return timed((bytes) => applyUpdate(copy, bytes));
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/**
 * Takes updates in when what others left behind is cleared away. The first ones are not counted: a full collection
 * throws compiled code away whose shapes of objects nobody holds just then, as a server with open documents does.
 */
function timed(takeIn: (bytes: Uint8Array) => void): number {
  const [warm, counted] = [honestUpdates(), honestUpdates()];
  collect();
  warm.forEach(takeIn);
  const began = performance.now();
  counted.forEach(takeIn);
  return ((performance.now() - began) / counted.length) * 1_000;
}

const channels = SIZES.map((size) => ({ size, channel: channelOf(size) }));

/** All sizes in turn, so that what slows the machine down for a while slows all of them. */
const round = () => channels.map(({ channel }) => ({ judge: judged(channel), apply: applied(channel) }));

// The first ones only warm the compiler up.
round();
round();
const rounds = Array.from({ length: RUNS }, round);
const figures = SIZES.map((size, index) => ({
  size,
  judge: median(rounds.map((row) => row[index]?.judge ?? Number.NaN)),
  apply: median(rounds.map((row) => row[index]?.apply ?? Number.NaN)),
}));
const slowest = Math.max(...figures.map((figure) => figure.judge));
const flatness = slowest / Math.min(...figures.map((figure) => figure.judge));

report({
  bench: "gate",
  microsecondsBySize: Object.fromEntries(figures.map(({ size, judge: own }) => [size, own])),
  baselineApplyMicroseconds: Object.fromEntries(figures.map(({ size, apply }) => [size, apply])),
  ratioToApply: median(figures.map((figure) => figure.judge / figure.apply)),
  flatness,
  goal: "≤ 15 µs for parse and judge at every size, within 1.5× of each other",
  ok: slowest <= 15 && flatness <= 1.5,
});

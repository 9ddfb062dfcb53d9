import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { applyUpdate, Doc, encodeStateAsUpdate, Map as YMap } from "yjs";
import { ulid } from "ulid";

import { report } from "./support/report.ts";
import { median } from "./support/median.ts";

/**
 * Claim: a channel of 100,000 messages by 200 authors loads in a tenth of the time, and in an eighth of the memory,
 that the usual Y.Map of Y.Maps takes. `plainYjsMs` is the same channel without the server's own reader.
 */
const MESSAGES = 100_000;
const AUTHORS = 200;
const RUNS = 5;

const authorOf = (index: number): string =>
  `0190c2a0-0000-7000-8000-${String(Math.imul(index, 2_654_435_761) >>> 0)
    .padStart(12, "0")
    .slice(-12)}`;
const authors = Array.from({ length: AUTHORS }, (_, index) => authorOf(index));
const messages = Array.from({ length: MESSAGES }, (_, index) => {
  const at = 1_700_000_000_000 + index * 1_000;
  return {
    author: authors[(Math.imul(index, 40_503) >>> 0) % AUTHORS] as string,
    entry: { id: ulid(at), at, kind: "message", body: `message ${index} of a long conversation` },
  };
});

/** Each author's messages come from a device of their own. */
function perAuthorLogs(): Uint8Array {
  const doc = new Doc();
  for (const [author, own] of Map.groupBy(messages, (message) => message.author)) {
    const device = new Doc();
    own.forEach(({ entry }) => device.getArray(`log/${author}`).push([entry]));
    applyUpdate(doc, encodeStateAsUpdate(device));
  }
  return encodeStateAsUpdate(doc);
}

function mapOfMaps(): Uint8Array {
  const doc = new Doc();
  for (const own of Map.groupBy(messages, (message) => message.author).values()) {
    const device = new Doc();
    device.transact(() =>
      own.forEach(({ author, entry }) =>
        device.getMap("messages").set(entry.id, new YMap(Object.entries({ ...entry, author }))),
      ),
    );
    applyUpdate(doc, encodeStateAsUpdate(device));
  }
  return encodeStateAsUpdate(doc);
}

interface Loaded {
  readonly ms: number;
  readonly mb: number;
}

/** In a process of its own, as whoever opens a channel does: nothing is warm, and nobody else's garbage is in the way. */
function load(path: string, reader: "server" | "yjs"): Loaded {
  const args = ["--expose-gc", join(import.meta.dirname, "support/load-document.ts"), path, reader];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Loaded;
}

const folder = mkdtempSync(join(tmpdir(), "folkmoot-bench-"));
const written = (name: string, update: Uint8Array): string => {
  writeFileSync(join(folder, name), update);
  return join(folder, name);
};
const [ours, theirs] = [written("logs", perAuthorLogs()), written("maps", mapOfMaps())];
const runs = Array.from({ length: RUNS }, () => ({
  ours: load(ours, "server"),
  plain: load(ours, "yjs"),
  theirs: load(theirs, "yjs"),
}));
rmSync(folder, { recursive: true });
const ms = (of: keyof (typeof runs)[number]): number => median(runs.map((run) => run[of].ms));
const mb = (of: keyof (typeof runs)[number]): number => median(runs.map((run) => run[of].mb));
const time = ms("ours") / ms("theirs");
const heap = mb("ours") / mb("theirs");

report({
  bench: "open",
  messages: MESSAGES,
  authors: AUTHORS,
  ms: ms("ours"),
  plainYjsMs: ms("plain"),
  baselineMs: ms("theirs"),
  timeRatio: time,
  heapMb: mb("ours"),
  baselineHeapMb: mb("theirs"),
  heapRatio: heap,
  goal: "time ≤ 1/10 and heap ≤ 1/8 of Y.Map of Y.Map",
  ok: time <= 1 / 10 && heap <= 1 / 8,
});

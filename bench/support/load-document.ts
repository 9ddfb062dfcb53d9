import { readFileSync } from "node:fs";

import { applyUpdate, Doc } from "yjs";

import { applyLog } from "#server/documents/apply-log.ts";

/** Loads the document in the named file, as the server does or with Yjs alone, and prints how long that took and what it holds of the heap. */
const [path, reader] = process.argv.slice(2);
const update = readFileSync(path as string);
const collect = globalThis.gc as () => void;

collect();
const before = process.memoryUsage().heapUsed;
const doc = new Doc();
const began = performance.now();
if (reader === "server") applyLog(doc, update, undefined);
else applyUpdate(doc, update);
const ms = performance.now() - began;
collect();
const mb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
console.log(JSON.stringify({ ms, mb }));

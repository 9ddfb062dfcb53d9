import { readFileSync } from "node:fs";

import { applyUpdate, Doc } from "yjs";

/** Loads the document in the named file, and prints how long that took and what it holds of the heap. */
const update = readFileSync(process.argv[2] as string);
const collect = globalThis.gc as () => void;

collect();
const before = process.memoryUsage().heapUsed;
const doc = new Doc();
const began = performance.now();
applyUpdate(doc, update);
const ms = performance.now() - began;
collect();
const mb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
console.log(JSON.stringify({ ms, mb }));

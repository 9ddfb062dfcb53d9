import { setTimeout as pause } from "node:timers/promises";

/** Loaded into a server that is measured: answers its parent what the process has used. */
const collect = globalThis.gc as () => void;

/** What one collection lets go is only freed by the next. */
async function settled(): Promise<NodeJS.MemoryUsage> {
  for (let times = 0; times < 3; times += 1) {
    collect();
    await pause(100);
  }
  return process.memoryUsage();
}

process.on("message", (question) => {
  if (question === "cpu") process.send?.(process.cpuUsage());
  if (question === "memory") void settled().then((usage) => process.send?.(usage));
});

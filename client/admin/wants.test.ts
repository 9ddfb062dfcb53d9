import { expect, test } from "vitest";

import type { Health } from "#shared/protocol/http/admin/installation.ts";

import { wantsOf } from "./wants.ts";

const NOW = 1_800_000_000_000;

const worker = { role: "worker", host: "one", pid: 7, startedAt: NOW, seenAt: NOW, memory: 1, sockets: 0 } as const;

/** Everything does well. */
const well: Health = {
  at: NOW,
  projections: [{ name: "timeline", documents: 3, behind: 1, updates: 2, since: NOW - 5_000 }],
  lagging: [],
  owed: [{ name: "mirrors", count: 0 }],
  jobs: { waiting: 0, active: 0, delayed: 0, failed: 0, failures: [] },
  audit: { chained: 9, waiting: 2 },
  processes: [{ ...worker, id: "01a00000-0000-7000-8000-000000000001" }],
  database: { version: "18", bytes: 1, connections: 5, allowed: 100 },
};

test("nobody is wanted while everything does well", () => {
  expect(wantsOf(well)).toEqual([]);
});

test.for<[string, Partial<Health>, RegExp]>([
  [
    "a broken trail",
    { audit: { ...well.audit, trouble: "Act 2 of the trail was removed." } },
    /audit trail is not what it was/,
  ],
  ["acts that nobody chains", { audit: { chained: 9, waiting: 501 } }, /not being chained/],
  ["a failed job", { jobs: { ...well.jobs, failed: 1 } }, /1 job failed/],
  ["a queue that does not answer", { jobs: { ...well.jobs, trouble: "away" } }, /queue cannot be asked/],
  [
    "a community that cannot be deleted",
    { owed: [{ name: "deletions", count: 1, since: NOW - 120_000 }] },
    /^1 community should be gone/,
  ],
  ["an old mirror", { owed: [{ name: "mirrors", count: 2, since: NOW - 120_000 }] }, /^2 documents owed mirrors/],
  ["no worker", { processes: [] }, /No worker runs/],
  [
    "a lagging projection",
    { projections: [{ name: "pages", documents: 1, behind: 1, updates: 1, since: NOW - 120_000 }] },
    /pages. is 2 minutes behind/,
  ],
])("%s wants somebody", ([, change, title]) => {
  expect(wantsOf({ ...well, ...change }).map((want) => want.title)).toEqual([expect.stringMatching(title)]);
});

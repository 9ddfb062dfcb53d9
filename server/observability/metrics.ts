import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

import type { RefusalCode } from "#shared/protocol/refusals.ts";

/** What a process notes of its work, as Prometheus reads it. Nothing in it names a person, a document or what was said. */
export interface Metrics {
  /** Whoever shows it may read it. */
  readonly token: string;
  /** A frame has its answer, so many ms after it came: it was refused with this code, or not at all. */
  answered(refused: RefusalCode | undefined, ms: number): void;
  /** A batch of so many frames and writes was committed, or not, in so many ms. */
  committed(tasks: number, ms: number, isDone: boolean): void;
  /** Everything, in the text format. */
  expose(): Promise<string>;
}

/** What is asked for when somebody looks. */
export interface Present {
  /** Sockets and people that are here, and documents that are held in memory. */
  readonly present: () => Readonly<Record<"sockets" | "people" | "documents", number>>;
  readonly jobs: () => Promise<Readonly<Record<JobState, number>>>;
  readonly projections: () => Promise<readonly Projected[]>;
  readonly failed: (error: unknown) => void;
}

const jobStates = ["waiting", "active", "delayed", "failed"] as const;
type JobState = (typeof jobStates)[number];

interface Projected {
  readonly name: string;
  readonly updates: number;
  /** When the oldest update came that it has not read, in ms since 1970. */
  readonly since: number | undefined;
}

const PREFIX = "folkmoot_";
/** How often the event loop is looked at, in ms: each time wakes the process. */
const PRECISION = 50;
const SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export function createMetrics(token: string, asked: Present): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: PREFIX, eventLoopMonitoringPrecision: PRECISION });

  const seconds = (name: string, help: string) =>
    new Histogram({ name: `${PREFIX}${name}_seconds`, help, buckets: SECONDS, registers });
  const acknowledgement = seconds("acknowledgement", "From a frame to its answer.");
  const commit = seconds("commit", "From the begin of a batch to its commit.");
  const tasks = new Counter({
    name: `${PREFIX}committed_tasks_total`,
    help: "Frames and writes committed.",
    registers,
  });
  const failures = new Counter({ name: `${PREFIX}failed_batches_total`, help: "Batches not committed.", registers });
  const refusals = new Counter({
    name: `${PREFIX}refusals_total`,
    help: "Frames refused, by code.",
    labelNames: ["code"],
    registers,
  });
  addGauges(registry, asked);

  return {
    token,
    answered(code, ms) {
      acknowledgement.observe(ms / 1_000);
      if (code !== undefined) refusals.inc({ code });
    },
    committed(count, ms, isDone) {
      if (!isDone) return failures.inc();
      commit.observe(ms / 1_000);
      tasks.inc(count);
    },
    expose: () => registry.metrics(),
  };
}

/** Each is asked by itself: what cannot be had now is left out, and says nothing of the others. */
function addGauges(registry: Registry, { present, jobs, projections, failed }: Present): void {
  const gauge = (name: string, help: string, labelNames: string[], collect: (own: Gauge) => Promise<void>) =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        await collect(this).catch(failed);
      },
    });

  gauge("present", "Sockets and people that are here, documents in memory.", ["what"], async (own) =>
    Object.entries(present()).forEach(([what, count]) => own.set({ what }, count)),
  );
  gauge("jobs", "Jobs in the queue.", ["state"], async (own) => {
    const counts = await jobs();
    jobStates.forEach((state) => own.set({ state }, counts[state]));
  });
  gauge("projection_behind_updates", "Updates that a projection has not read.", ["projection"], async (own) =>
    (await projections()).forEach(({ name, updates }) => own.set({ projection: name }, updates)),
  );
  gauge("projection_lag_seconds", "How old the oldest of them is.", ["projection"], async (own) =>
    (await projections()).forEach(({ name, since }) =>
      own.set({ projection: name }, since === undefined ? 0 : Math.max(0, Date.now() - since) / 1_000),
    ),
  );
}

import type { MemberId } from "#shared/ids.ts";
import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { laterEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import type { Health } from "#shared/protocol/http/admin/installation.ts";
import { fail, ok } from "#shared/result.ts";
import { record, type Act } from "#server/audit/record.ts";
import { asAdmin } from "#server/auth/as-admin.ts";
import { activityNow } from "#server/installation/activity.ts";
import { processes } from "#server/installation/processes.ts";
import { changeSettings, mayFound, readSettings } from "#server/installation/settings.ts";
import { auditState, databaseState, owed } from "#server/installation/upkeep.ts";
import { lag } from "#server/projections/lag.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** The installation as a whole: its settings, how it does, and what goes on. */
export function adminInstallationRoutes(router: Router, deps: WebDependencies): void {
  const { db, authority, jobs, trail } = deps;
  /** Writes down what an admin is about to do elsewhere than in the tables. */
  const recorded = (actor: MemberId, act: Omit<Act, "actor">) =>
    authority.change(asAdmin(actor, async (trx) => ok(await record(trx, { ...act, actor }))));

  router.on(
    "installation",
    endpoints.installation,
    { tag: "Account", summary: "What this installation is called, and who may make accounts and communities" },
    async ({ me }) => {
      const { name, signUp } = await readSettings(db);
      return ok({ name, signUp, mayFound: me !== undefined && (await mayFound(db, me.person.id)) });
    },
  );

  router.on(
    "settings",
    laterEndpoints.settings,
    { tag: "Administration", summary: "What holds for the whole installation" },
    async () => ok(await readSettings(db)),
  );

  router.on(
    "changeSettings",
    laterEndpoints.changeSettings,
    { tag: "Administration", summary: "Change what holds for the whole installation, on all nodes at once" },
    ({ me, input }) =>
      authority.change(asAdmin(me.person.id, async (trx) => ok(await changeSettings(trx, me.person.id, input)))),
  );

  router.on(
    "health",
    laterEndpoints.health,
    { tag: "Administration", summary: "How projections, jobs, processes and the database do" },
    async () => {
      const [{ projections, lagging }, debts, audit, trouble, running, database, queue] = await Promise.all([
        lag(db),
        owed(db),
        auditState(db),
        trail.trouble(),
        processes(db),
        databaseState(db),
        queueState(deps),
      ]);
      const behind = { projections: [...projections], lagging: [...lagging] };
      return ok({
        at: Date.now(),
        ...behind,
        owed: debts,
        jobs: queue,
        audit: { ...audit, trouble },
        processes: running,
        database,
      });
    },
  );

  router.on(
    "retryJob",
    laterEndpoints.retryJob,
    { tag: "Administration", summary: "Have a failed job tried again" },
    async ({ me, input: { job } }) => {
      if (!(await jobs.hasFailed(job))) return fail({ kind: "not-found" } as const);
      // The queue may be another database: what cannot be written down together with it is written down first.
      const written = await recorded(me.person.id, { act: "job.retry", target: { kind: "job", id: job } });
      if (!written.ok) return written;
      return (await jobs.retry(job)) ? ok(undefined) : fail({ kind: "not-found" } as const);
    },
  );

  router.on(
    "activity",
    laterEndpoints.activity,
    { tag: "Administration", summary: "Who is here and how much is written just now" },
    async () => ok(await activityNow(db)),
  );
}

/** A queue that cannot be asked is what an admin wants to know first, not a reason to tell nothing. */
async function queueState({ jobs, log }: WebDependencies): Promise<Health["jobs"]> {
  try {
    return await within(ANSWERS_WITHIN, jobs.state());
  } catch (error) {
    log.warn({ error }, "the queue cannot be asked");
    return { waiting: 0, active: 0, delayed: 0, failed: 0, failures: [], trouble: (error as Error).message };
  }
}

/** In ms. A Redis that is away keeps whoever asks it waiting. */
const ANSWERS_WITHIN = 2_000;

async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The queue does not answer.")), ms);
  });
  promise.catch(() => undefined);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

import { plural } from "#client/ui/times.ts";
import type { Health } from "#shared/protocol/http/admin/installation.ts";

interface Want {
  readonly title: string;
  readonly text: string;
}

const MINUTE = 60_000;
/** A process says every 5 s that it runs. */
const SILENT = 20_000;

/** What does not do well by itself and wants somebody. Lagging for some seconds is how things are. */
export function wantsOf({ at, projections, jobs, processes, audit, owed, database }: Health): readonly Want[] {
  return [
    ...projections.flatMap(({ name, since }) =>
      since !== undefined && at - since > MINUTE
        ? [
            {
              title: `“${name}” is ${plural(Math.round((at - since) / MINUTE), "minute")} behind`,
              text: "Search, counts and reports made of it are older than what was said. Nothing is lost; npm run rebuild makes them anew.",
            },
          ]
        : [],
    ),
    ...(jobs.trouble === undefined
      ? []
      : [{ title: "The queue cannot be asked", text: `${jobs.trouble} What was left to do is found by the sweep.` }]),
    ...(jobs.failed > 0
      ? [
          {
            title: `${plural(jobs.failed, "job")} failed`,
            text: "Each was tried three times. What went wrong stands below; it can be tried again.",
          },
        ]
      : []),
    ...(processes.some(({ role, seenAt }) => role === "worker" && at - seenAt < SILENT)
      ? []
      : [
          {
            title: "No worker runs",
            text: "Search, counts and the chain of the audit trail stand still until one does.",
          },
        ]),
    ...processes
      .filter(({ seenAt }) => at - seenAt >= SILENT)
      .map(({ role, host, pid }) => ({
        title: `A ${role} process on ${host} went silent`,
        text: `Number ${pid} ended without saying so, or hangs. What it had acknowledged is safe.`,
      })),
    ...(audit.trouble === undefined
      ? []
      : [
          {
            title: "The audit trail is not what it was",
            text: `${audit.trouble} Unless a backup was restored, somebody changed the database past the server. npm run audit -- verify follows it again.`,
          },
        ]),
    ...(audit.waiting > 500
      ? [{ title: "The audit trail is not being chained", text: `${plural(audit.waiting, "act")} wait for a worker.` }]
      : []),
    ...owed.flatMap((debt) => (debt.since !== undefined && at - debt.since > MINUTE ? [owing(debt)] : [])),
    ...(database.connections > database.allowed * 0.9
      ? [
          {
            title: "The database has few connections left",
            text: `${database.connections} of ${database.allowed} are used.`,
          },
        ]
      : []),
  ];
}

const owing = ({ name, count }: Health["owed"][number]): Want =>
  name === "deletions"
    ? {
        title: `${plural(count, "community", "communities")} should be gone`,
        text: "Something keeps what was to be deleted: the worker's log says what. It goes on trying.",
      }
    : {
        title: `${plural(count, "document")} owed ${name}`,
        text: "What changed in the tables does not show there yet.",
      };

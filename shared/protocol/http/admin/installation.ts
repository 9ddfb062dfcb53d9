import * as z from "zod/mini";

import { endpoint } from "../endpoint.ts";
import { foundingRule, signUpRule } from "../installation.ts";
import { count, line, time } from "../text.ts";

const text = z.string();

/** What those who run an installation decide for all of it. */
export const settings = z.object({
  name: line({ min: 1, max: 40 }),
  signUp: signUpRule,
  founding: foundingRule,
  /** How long a community that is to be deleted can still be kept. */
  deletionDays: z.int().check(z.minimum(1), z.maximum(90)),
});
export type Settings = z.infer<typeof settings>;

const failedJob = z.object({ id: text, name: text, document: text, error: text, attempts: count, at: time });

/** How everything does that goes on behind what people see. */
export const health = z.object({
  at: time,
  projections: z.array(
    z.object({
      name: text,
      documents: count,
      /** Documents that it has not read to the end, how much of them, and since when. */
      behind: count,
      updates: count,
      since: z.optional(time),
    }),
  ),
  lagging: z.array(z.object({ document: text, projection: text, updates: count, since: z.optional(time) })),
  /** What changes of authority still owe the documents, erasures the disk, and deletions everybody. */
  owed: z.array(z.object({ name: text, count, since: z.optional(time) })),
  jobs: z.object({
    waiting: count,
    active: count,
    delayed: count,
    failed: count,
    failures: z.array(failedJob),
    /** Why the queue itself could not be asked. */
    trouble: z.optional(text),
  }),
  audit: z.object({
    chained: count,
    waiting: count,
    /** What is known to be wrong with the trail. */
    trouble: z.optional(text),
  }),
  processes: z.array(
    z.object({
      id: z.uuid(),
      role: z.enum(["web", "worker"]),
      host: text,
      pid: count,
      startedAt: time,
      seenAt: time,
      memory: count,
      sockets: count,
    }),
  ),
  database: z.object({ version: text, bytes: count, connections: count, allowed: count }),
});
export type Health = z.infer<typeof health>;

/** What is going on just now. */
export const activity = z.object({
  at: time,
  people: count,
  sockets: count,
  /** Messages written in each of the last sixty minutes, the oldest first. */
  perMinute: z.array(count),
  communities: z.array(z.object({ id: z.uuid(), name: text, messages: count })),
});
export type Activity = z.infer<typeof activity>;

export const adminInstallationEndpoints = {
  settings: endpoint({ method: "GET", path: "/admin/settings", answer: settings, forAdmins: true }),
  changeSettings: endpoint({
    method: "PATCH",
    path: "/admin/settings",
    body: z.partial(z.strictObject(settings.shape)),
    answer: settings,
    forAdmins: true,
  }),
  health: endpoint({ method: "GET", path: "/admin/health", answer: health, forAdmins: true }),
  /** Puts a job that failed to the end of the queue. */
  retryJob: endpoint({
    method: "POST",
    path: "/admin/jobs/:job/retry",
    params: z.object({ job: z.string().check(z.regex(/^[\w:./ -]{1,200}$/)) }),
    forAdmins: true,
  }),
  activity: endpoint({ method: "GET", path: "/admin/activity", answer: activity, forAdmins: true }),
} as const;

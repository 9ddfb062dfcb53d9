import * as z from "zod/mini";

import { channelId, communityId, entryId, memberId } from "../../ids.ts";
import { endpoint, type Endpoint } from "./endpoint.ts";
import { count, time } from "./text.ts";

/** A day as people of the report's zone name it. */
export const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/));

export const steps = ["day", "week", "month", "year"] as const;
export type Step = (typeof steps)[number];

/** More steps than this are asked for in larger ones. */
export const MAX_STEPS = 400;
/** Who stays is a triangle of that many squared. */
export const MAX_COHORTS = 60;

const zone = z.string().check(z.minLength(1), z.maxLength(64));
const range = {
  /** The first day; 30 days up to the last one without it. */
  from: z.optional(date),
  /** The last day, which is counted too; today without it. */
  to: z.optional(date),
  /** What days are: a name of the IANA time zone database. */
  zone: z.optional(zone),
  /** Without it as `Accept` says: JSON, unless that asks for `text/csv`. */
  format: z.optional(z.enum(["json", "csv"])),
};
const plain = z.object(range);
const stepped = z.object({ ...range, by: z.optional(z.enum(steps)) });

export type SteppedQuery = z.infer<typeof stepped>;

const head = {
  from: date,
  to: date,
  zone: z.string(),
  /** When it was counted. */
  at: time,
  /** False while the worker has not counted everything that was written where this is about. */
  complete: z.boolean(),
  /** The first and the last day on which anything was done at all, whatever the range. */
  known: z.nullable(z.object({ first: date, last: date })),
};
const by = z.enum(steps);
const median = z.nullable(count);

export const engagement = z.object({
  ...head,
  by,
  /** People who wrote or reacted, people who wrote, and what they did, from each step's first day on. */
  steps: z.array(
    z.object({ start: date, active: count, writers: count, messages: count, replies: count, reactions: count }),
  ),
  /** The whole range; whoever came in several steps is one person. */
  total: z.object({ active: count, writers: count, messages: count, replies: count, reactions: count }),
});

export const answering = z.object({
  ...head,
  by,
  /** Messages that somebody else answered, by when they were written, and how long that took in ms. */
  steps: z.array(z.object({ start: date, answered: count, median, ninth: median })),
  total: z.object({ answered: count, median, ninth: median }),
});

export const hours = z.object({
  ...head,
  /** Messages of each weekday from Monday on, by the hour of the day. */
  week: z.array(z.array(count)),
  /** The day with most messages. */
  busiest: z.nullable(z.object({ day: date, messages: count })),
});

export const growth = z.object({
  ...head,
  by,
  /** `newcomers` wrote here for the first time. The others are not known of a single channel. */
  steps: z.array(
    z.object({
      start: date,
      newcomers: count,
      joined: z.optional(count),
      left: z.optional(count),
      members: z.optional(z.int()),
    }),
  ),
});

export const retention = z.object({
  ...head,
  by,
  /** Of those who were first active in a step, how many were so in it and in each later step. */
  cohorts: z.array(z.object({ start: date, active: z.array(count) })),
});

export const popular = z.object({
  ...head,
  /** Messages that called forth most, with the beginning of what they say. None of them on the whole platform. */
  messages: z.array(
    z.object({
      channel: channelId,
      segment: count,
      author: memberId,
      name: z.string(),
      id: entryId,
      at: time,
      excerpt: z.string(),
      replies: count,
      reactions: count,
    }),
  ),
  /** The busiest channels; of the platform its communities. */
  places: z.array(
    z.object({ id: z.string(), name: z.string(), writers: count, messages: count, replies: count, reactions: count }),
  ),
});

const caseload = { reported: count, settled: count, median, ninth: median };

export const moderation = z.object({
  ...head,
  by,
  /**
   * What came to the desk: reports and appeals by when they were received, cases by when they were decided, and how long
   * these had waited in ms. `open`: cases that wait now, whatever the range. Nothing of cases that whoever asks must not
   * know of.
   */
  caseload: z.object({
    steps: z.array(z.object({ start: date, ...caseload })),
    total: z.object({ ...caseload, open: count }),
  }),
  steps: z.array(z.object({ start: date, hidden: count, restored: count, median })),
  /** Who did it. `median`: ms from the message to its being hidden. */
  moderators: z.array(z.object({ id: memberId, name: z.string(), hidden: count, restored: count, median })),
});

const kinds = {
  engagement: { query: stepped, answer: engagement },
  answering: { query: stepped, answer: answering },
  hours: { query: plain, answer: hours },
  growth: { query: stepped, answer: growth },
  retention: { query: stepped, answer: retention },
  popular: { query: plain, answer: popular },
  moderation: { query: stepped, answer: moderation },
} as const;

export type ReportName = keyof typeof kinds;
export type Report<Name extends ReportName> = z.infer<(typeof kinds)[Name]["answer"]>;
export const reportNames = Object.keys(kinds) as readonly ReportName[];

const ofCommunity = z.object({ id: communityId });
const ofChannel = z.object({ id: channelId });

/** What a report is about: its place in the address, and what names it there. The whole platform is its admins' matter. */
const scopes = {
  platform: { path: "", forAdmins: true },
  community: { path: "/communities/:id", params: ofCommunity },
  channel: { path: "/channels/:id", params: ofChannel },
} as const;

export type ReportScope = keyof typeof scopes;

type Endpoints = {
  readonly [Name in ReportName as `${ReportScope}${Capitalize<Name>}`]: Endpoint;
};

export const reportKey = <Scope extends ReportScope, Name extends ReportName>(scope: Scope, name: Name) =>
  `${scope}${name.charAt(0).toUpperCase()}${name.slice(1)}` as `${Scope}${Capitalize<Name>}`;

/**
 * The reports of the platform, a community and a channel. They are a table of their own, so that nobody loads them who
 * looks at none.
 */
export const reportEndpoints = Object.fromEntries(
  (Object.keys(scopes) as ReportScope[]).flatMap((scope) =>
    reportNames.map((name) => {
      const { path, ...params } = scopes[scope];
      const { query, answer } = kinds[name];
      return [
        reportKey(scope, name),
        endpoint({ method: "GET", path: `${path}/reports/${name}`, ...params, query, answer }),
      ];
    }),
  ),
) as unknown as Endpoints;

import { csv, type Cell } from "#shared/csv.ts";
import type { Report, ReportName } from "#shared/protocol/http/reports.ts";

type Table = readonly (readonly Cell[])[];

/** Each report as one table; the first line names the columns. Times are in ms, days as the zone has them. */
const tables: { readonly [Name in ReportName]: (report: Report<Name>) => Table } = {
  engagement: ({ steps }) => [
    ["start", "active", "writers", "messages", "replies", "reactions"],
    ...steps.map((step) => [step.start, step.active, step.writers, step.messages, step.replies, step.reactions]),
  ],
  answering: ({ steps }) => [
    ["start", "answered", "median_ms", "p90_ms"],
    ...steps.map(({ start, answered, median, ninth }) => [start, answered, median, ninth]),
  ],
  hours: ({ week }) => [
    ["weekday", "hour", "messages"],
    ...week.flatMap((hours, day) => hours.map((messages, hour) => [WEEKDAYS[day], hour, messages])),
  ],
  growth: ({ steps }) => [
    ["start", "joined", "left", "members", "newcomers"],
    ...steps.map(({ start, joined, left, members, newcomers }) => [start, joined, left, members, newcomers]),
  ],
  retention: ({ by, cohorts }) => [
    ["start", ...cohorts.map((_, later) => `${by}_${later}`)],
    ...cohorts.map(({ start, active }) => [start, ...active]),
  ],
  popular: ({ messages, places }) => [
    ["kind", "id", "name", "channel", "at", "excerpt", "writers", "messages", "replies", "reactions"],
    ...places.map((place): readonly Cell[] => [
      "place",
      place.id,
      place.name,
      null,
      null,
      null,
      place.writers,
      place.messages,
      place.replies,
      place.reactions,
    ]),
    ...messages.map(({ id, name, channel, at, excerpt, replies, reactions }): readonly Cell[] => [
      "message",
      id,
      name,
      channel,
      at,
      excerpt,
      null,
      null,
      replies,
      reactions,
    ]),
  ],
  moderation: ({ steps, moderators }) => [
    ["start", "moderator", "name", "hidden", "restored", "median_ms"],
    ...steps.map(({ start, hidden, restored, median }) => [start, null, null, hidden, restored, median]),
    ...moderators.map(({ id, name, hidden, restored, median }) => [null, id, name, hidden, restored, median]),
  ],
};

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export const csvOf = <Name extends ReportName>(name: Name, report: Report<Name>): string => csv(tables[name](report));

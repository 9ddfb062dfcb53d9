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
  moderation: moderationTable,
};

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export const csvOf = <Name extends ReportName>(name: Name, report: Report<Name>): string => csv(tables[name](report));

const MODERATION = ["start", "moderator", "name", "hidden", "restored", "median_ms"] as const;
const CASELOAD = ["reported", "settled", "waited_median_ms", "waited_p90_ms", "open"] as const;

/** What was done by step, then by moderator; the last line is what came in and was settled in the whole range. */
function moderationTable({ steps, moderators, caseload }: Report<"moderation">): Table {
  const columns = [...MODERATION, ...CASELOAD];
  const lines: readonly { readonly [Column in (typeof columns)[number]]?: Cell }[] = [
    ...steps.map(({ start, median, ...acts }, index) => ({
      start,
      ...acts,
      median_ms: median,
      ...loadOf(caseload.steps[index]),
    })),
    ...moderators.map(({ id, median, ...acts }) => ({ moderator: id, ...acts, median_ms: median })),
    { ...loadOf(caseload.total), open: caseload.total.open },
  ];
  return [columns, ...lines.map((line) => columns.map((column) => line[column]))];
}

type Load = Omit<Report<"moderation">["caseload"]["total"], "open">;

const loadOf = (load: Load | undefined) =>
  load && {
    reported: load.reported,
    settled: load.settled,
    waited_median_ms: load.median,
    waited_p90_ms: load.ninth,
  };

import { count } from "#client/ui/times.ts";
import type { Step } from "#shared/protocol/http/reports.ts";

const percents = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

export const sayPercent = (part: number, whole: number): string => (whole === 0 ? "" : percents.format(part / whole));

/** Dates are days of the report's zone: they are said as they stand. */
const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (date: string): string => formatter.format(Date.parse(date));
};

export const sayDate = format({ day: "numeric", month: "long", year: "numeric" });
const shortDay = format({ day: "numeric", month: "short" });
const shortDate = format({ day: "numeric", month: "short", year: "numeric" });
const month = format({ month: "short", year: "numeric" });

/** A step as a line of a table names it. */
export function sayStep(start: string, by: Step): string {
  if (by === "year") return start.slice(0, 4);
  if (by === "month") return month(start);
  return shortDate(start);
}

/** The same where there is little room: years are told by the neighbours. */
export const sayStepShortly = (start: string, by: Step): string =>
  by === "day" || by === "week" ? shortDay(start) : sayStep(start, by);

export const byStep: Record<Step, string> = { day: "By day", week: "By week", month: "By month", year: "By year" };
export const stepNames: Record<Step, string> = { day: "Day", week: "Week of", month: "Month", year: "Year" };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "40 s", "3 min", "2.5 h", "4 days" */
export function sayWait(ms: number | null): string {
  if (ms === null) return "–";
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return `${rounded(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${rounded(ms / HOUR)} h`;
  return `${rounded(ms / DAY)} days`;
}

/** Between which waits an axis draws its lines, so that it names whole ones. */
export const waitTicks: readonly number[] = [
  ...[1, 2, 5, 10, 20, 30].flatMap((length) => [length * SECOND, length * MINUTE]),
  ...[1, 2, 4, 8, 12].map((length) => length * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map((length) => length * DAY),
].toSorted((a, b) => a - b);

const rounded = (figure: number): string => count(figure < 10 ? Math.round(figure * 10) / 10 : Math.round(figure));

const words =
  "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen Twenty".split(
    " ",
  );

/** "Fourteen years", "Thirty days" in figures: how long a range is, for a heading. */
export function sayLength(days: number): string {
  if (days >= 700) return counted(Math.round(days / 365.25), "year");
  if (days > 100) return counted(Math.round(days / 30.44), "month");
  return counted(days, "day");
}

const counted = (length: number, unit: string): string =>
  `${words[length - 1] ?? count(length)} ${unit}${length === 1 ? "" : "s"}`;

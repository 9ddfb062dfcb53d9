import { MAX_STEPS, type Step, type SteppedQuery } from "#shared/protocol/http/reports.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";

import { SLOT } from "#server/database/slots.ts";

import { dateAt, isZone, startOfDay } from "./zone.ts";

/** A range of days in some zone, cut into steps. */
export interface Calendar {
  readonly zone: string;
  readonly by: Step;
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** The first day of each step. */
  readonly starts: readonly string[];
  /** Where each step begins, in quarters of an hour since 1970, and where the last one ends. */
  readonly bounds: readonly number[];
}

const DAY = 86_400_000;
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
const USUAL_DAYS = 30;

/** The days that a query is about. Whoever names none means the last thirty. */
export function readCalendar(
  { from, to, zone = "UTC", by = "day" }: SteppedQuery,
  now: number,
  most = MAX_STEPS,
): Result<Calendar, Failure> {
  if (!isZone(zone)) return invalid("zone");
  const last = to ?? dateAt(zone, now);
  if (!isDay(last)) return invalid("to");
  const first = from ?? dateOf(dayOf(last) - (USUAL_DAYS - 1) * DAY);
  if (!isDay(first)) return invalid("from");
  if (first > last) return invalid("to");

  const starts = stepsOf(first, last, by, most + 1);
  if (starts.length > most) return fail({ kind: "invalid", fields: [{ field: "to", problem: "too-long" }] });
  const bounds = [...starts, dateOf(dayOf(last) + DAY)].map((start) => Math.floor(startOfDay(start, zone) / SLOT));
  return ok({ zone, by, from: first, to: last, starts, bounds });
}

const invalid = (field: string): Result<never, Failure> =>
  fail({ kind: "invalid", fields: [{ field, problem: "invalid" }] });

/** Days are counted as if they were those of UTC; where they begin is the zone's matter. */
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (day: number): string => new Date(day).toISOString().slice(0, 10);

function isDay(date: string): boolean {
  const day = dayOf(date);
  const year = Number(date.slice(0, 4));
  return !Number.isNaN(day) && dateOf(day) === date && year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** The first is the first day itself; the others begin where weeks, months and years do. */
function stepsOf(first: string, last: string, by: Step, most: number): readonly string[] {
  const starts: string[] = [];
  for (let start = first; start <= last && starts.length < most; start = nextStep(start, by)) starts.push(start);
  return starts;
}

function nextStep(date: string, by: Step): string {
  const day = new Date(dayOf(date));
  if (by === "day") return dateOf(day.getTime() + DAY);
  // Weeks begin on Monday.
  if (by === "week") return dateOf(day.getTime() + (7 - ((day.getUTCDay() + 6) % 7)) * DAY);
  const month = by === "month" ? day.getUTCMonth() + 1 : 12;
  return dateOf(Date.UTC(day.getUTCFullYear(), month, 1));
}

import { MAX_COHORTS, MAX_STEPS, steps, type Step } from "#shared/protocol/http/reports.ts";

/** What one looks at in the reports. All of it is in the address. */
export interface View {
  readonly tab: Tab;
  /** One channel, or all of them. */
  readonly channel?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly by: Step;
  readonly zone: string;
}

export const tabs = ["engagement", "growth", "retention", "moderation", "answering", "popular"] as const;
export type Tab = (typeof tabs)[number];

export type Params = Partial<Record<"report" | "in" | "from" | "to" | "by" | "zone", string>>;

const DAY = 86_400_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** What an address says, with what is usual where it says nothing, or nothing that there is. */
export function readView(params: Params, now: number, ownZone: string): View {
  const zone = params.zone !== undefined && isZone(params.zone) ? params.zone : ownZone;
  const to = dateIn(params.to) ?? todayIn(zone, now);
  const from = dateIn(params.from) ?? daysBefore(to, 29);
  const tab = tabs.find((tab) => tab === params.report) ?? "engagement";
  const range = { tab, from: from > to ? to : from, to };
  const by = steps.find((step) => step === params.by);
  return {
    ...range,
    zone,
    channel: params.in,
    by: by !== undefined && isFewEnough(by, range) ? by : usualStep(range),
  };
}

/** The address of a view. Everything is written out: whoever opens it elsewhere sees the same. */
export const paramsOf = ({ tab, channel, from, to, by, zone }: View): Params => ({
  report: tab,
  ...(channel !== undefined && { in: channel }),
  from,
  to,
  by,
  zone,
});

const dateIn = (text: string | undefined): string | undefined =>
  text !== undefined && DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The day that it is in a zone. Sweden writes dates as we do. */
export const todayIn = (zone: string, now: number): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" }).format(now);

export const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * DAY).toISOString().slice(0, 10);

/** The same by the clocks of another zone: days until today are days until today there, where it may be tomorrow. */
export function inZone(view: View, zone: string, now: number): View {
  if (view.to !== todayIn(view.zone, now)) return { ...view, zone };
  const to = todayIn(zone, now);
  return { ...view, zone, to, from: daysBefore(to, lengthOf(view) - 1) };
}

type Range = Pick<View, "tab" | "from" | "to">;

export const lengthOf = ({ from, to }: Pick<View, "from" | "to">): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;

const lengths: Record<Step, number> = { day: 1, week: 7, month: 28, year: 365 };

/** Whether the server would count it in such steps. */
export const isFewEnough = (by: Step, range: Range): boolean =>
  lengthOf(range) / lengths[by] + 2 <= (range.tab === "retention" ? MAX_COHORTS : MAX_STEPS) || by === "year";

/** Steps of which a range has neither too many to see nor too few to compare. */
export function usualStep(range: Range): Step {
  const days = lengthOf(range);
  const usual = days <= 62 ? "day" : days <= 366 ? "week" : days <= 6 * 366 ? "month" : "year";
  return isFewEnough(usual, range) ? usual : (steps.find((step) => isFewEnough(step, range)) ?? "year");
}

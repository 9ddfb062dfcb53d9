import { timeOfDay } from "./times.ts";

const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const withYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

const DAY = 86_400_000;

/** "9 October", with the year where it is another one. */
export const sayDay = (at: number, now = Date.now()): string =>
  (new Date(at).getFullYear() === new Date(now).getFullYear() ? dayAndMonth : withYear).format(at);

/** "today at 22:10", "yesterday at 22:10", else the day alone. */
export function sayMoment(at: number, now = Date.now()): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY);
  if (days === 0) return `today at ${timeOfDay(at)}`;
  if (days === 1) return `yesterday at ${timeOfDay(at)}`;
  if (days === -1) return `tomorrow at ${timeOfDay(at)}`;
  return sayDay(at, now);
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

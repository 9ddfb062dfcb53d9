const LOCALE = "en-GB";
const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const longDay = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const spokenDay = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const shortDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const shortDayOfYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const counts = new Intl.NumberFormat(LOCALE);

const DAY = 24 * 3_600_000;

/** 01:17 */
export const timeOfDay = (at: number): string => clock.format(at);

/** Monday 15 November 2004 */
export const dateLine = (at: number): string => longDay.format(at).replaceAll(",", "");

/** Monday 15 November, 01:17: for a label that is read aloud. */
export const spokenTime = (at: number): string => `${spokenDay.format(at).replaceAll(",", "")}, ${timeOfDay(at)}`;

/** Names the day of a time on this device's clock; two times with one name need no date between them. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return (date.getFullYear() * 100 + date.getMonth()) * 100 + date.getDate();
}

/** The same for many times that come in order: the calendar is asked once a day, and not for each of them. */
export function createDays(): (at: number) => number {
  let [from, to, day] = [0, 0, 0];

  return (at) => {
    if (at >= from && at < to) return day;
    const date = new Date(at);
    from = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
    to = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
    day = dayOf(at);
    return day;
  };
}

/** As short as it stays clear: 01:17, Sun, 12 Nov, 12 Nov 2004. */
export function briefTime(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return timeOfDay(at);
  if (now - at < 6 * DAY && at < now) return weekday.format(at);
  return (now - at < 300 * DAY ? shortDay : shortDayOfYear).format(at);
}

/** 9,999 */
export const count = (number: number): string => counts.format(number);

/** one message, 3 messages */
export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** Whether the time zone database knows it. */
export function isZone(name: string): boolean {
  try {
    return formatOf(name).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** A format is dear to make; there are some six hundred zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  // Names are taken in any case: only as many are kept as there can be zones.
  if (formats.size < 1_000) formats.set(zone, format);
  return format;
}

/** How far the clocks of a zone are ahead of UTC, in ms. */
export function offsetAt(zone: string, at: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: string) => parts.get(name as Intl.DateTimeFormatPartTypes) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at / 1_000) * 1_000;
}

/** When a day begins there. Where the clocks jump over midnight it begins with what they jump to. */
export function startOfDay(date: string, zone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const before = offsetAt(zone, midnight - 26 * HOUR);
  const candidates = [before, offsetAt(zone, midnight + 26 * HOUR)].map((offset) => midnight - offset);
  const exact = candidates.filter((at) => at + offsetAt(zone, at) === midnight);
  return exact.length > 0 ? Math.min(...exact) : midnight - before;
}

/** The day that it is there at a moment. */
export const dateAt = (zone: string, at: number): string =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 10);

/** From when on the clocks of a zone are how far ahead: the first is that of `from`. */
export function offsetsBetween(
  zone: string,
  from: number,
  to: number,
): readonly { readonly since: number; readonly offset: number }[] {
  const found = [{ since: from, offset: offsetAt(zone, from) }];
  for (let at = from; at < to; at += WEEK) {
    const until = Math.min(at + WEEK, to);
    const before = offsetAt(zone, at);
    if (offsetAt(zone, until) === before) continue;
    const since = changeBetween(zone, at, until);
    found.push({ since, offset: offsetAt(zone, since) });
  }
  return found;
}

/** When exactly the clocks were put on or back. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = offsetAt(zone, from);
  let [early, late] = [from, to];
  while (late - early > 60_000) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(zone, middle) === before) early = middle;
    else late = middle;
  }
  return Math.floor(late / 60_000) * 60_000;
}

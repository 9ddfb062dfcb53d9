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
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset", year: "numeric" });
  // Names are taken in any case: only as many are kept as there can be zones.
  if (formats.size < 1_000) formats.set(zone, format);
  return format;
}

/** How far the clocks of a zone are ahead of UTC, in ms. Asked by the thousand: a whole date in parts takes ten times as long. */
export function offsetAt(zone: string, at: number): number {
  const [, sign, ...parts] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(formatOf(zone).format(at)) ?? [];
  const [hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const ahead = hours * HOUR + minutes * 60_000 + seconds * 1_000;
  return sign === "-" ? -ahead : ahead;
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
  let offset = offsetAt(zone, from);
  const found = [{ since: from, offset }];
  for (let at = from; at < to; at += WEEK) {
    const until = Math.min(at + WEEK, to);
    const later = offsetAt(zone, until);
    if (later === offset) continue;
    const since = changeBetween(zone, at, until);
    offset = later;
    found.push({ since, offset });
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

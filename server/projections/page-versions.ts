/** Of a version in a page's history. */
export interface Noted {
  readonly version: number;
  readonly at: number;
  readonly authors: readonly string[];
}

/** How many versions a page has at most. */
export const MAX_VERSIONS = 300;
/** How many of one day have the same authors. */
const MAX_OF_A_DAY = 24;
const DAY = 86_400_000;

/**
 * Which versions a history does without. Whoever adds many pushes out their own: of those of the same authors each day
 * has room for a few, and past the most of all the authors with the most give theirs, those first that another one
 * followed soonest. Never the newest, nor the last of other authors.
 */
export function superfluous(versions: readonly Noted[]): readonly number[] {
  const groups = [...Map.groupBy(versions, ({ authors }) => authors.toSorted().join(" ")).values()].map(thinned);
  for (let over = groups.reduce((sum, { length }) => sum + length, -MAX_VERSIONS); over > 0; over -= 1)
    withoutOne(groups.reduce((most, group) => (group.length > most.length ? group : most), []));
  const kept = new Set(groups.flat().map(({ version }) => version));
  return versions.filter(({ version }) => !kept.has(version)).map(({ version }) => version);
}

function thinned(group: readonly Noted[]): Noted[] {
  const days = Map.groupBy(
    group.toSorted((a, b) => a.version - b.version),
    ({ at }) => Math.floor(at / DAY),
  );
  return [...days.values()].flatMap((day) => {
    while (day.length > MAX_OF_A_DAY) withoutOne(day);
    return day;
  });
}

/** Takes out the one that the next one followed soonest. */
function withoutOne(group: Noted[]): void {
  let soonest = 0;
  const pause = (index: number): number => (group[index + 1]?.at ?? Infinity) - (group[index]?.at ?? 0);
  for (let index = 1; index < group.length; index += 1) if (pause(index) < pause(soonest)) soonest = index;
  group.splice(soonest, 1);
}

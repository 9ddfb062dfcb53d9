/**
 * The database has forgotten something that this process holds: it was restored, or a standby that lacked the newest
 * commits took its place. Nothing in memory may be written on from here. The process ends, and begins anew.
 */
export class AnotherHistory extends Error {
  constructor(why: string) {
    super(`The database has forgotten commits that this process has seen: ${why}.`);
  }
}

/** Refuses to go on from a version that the journal does not have. */
export function checkVersion(name: string, held: number, stored: number): void {
  if (held > stored) throw new AnotherHistory(`${name} was at version ${held}, and is at ${stored}`);
}

/** The timeline of PostgreSQL on which a process began, and on which alone it may write. */
export interface History {
  check(timeline: number): void;
}

export function createHistory(): History {
  let own: number | undefined;
  return {
    check(timeline) {
      own ??= timeline;
      if (own !== timeline) throw new AnotherHistory(`its timeline was ${own}, and is ${timeline}`);
    },
  };
}

const nouns = ["message", "report", "appeal", "note", "decision", "change"] as const;
type Noun = (typeof nouns)[number];

/** How much of what one did, by what it is called. A change is whatever one can do to a message or a page. */
export type Tally = Readonly<Record<Noun, number>>;

const tally = (count: (noun: Noun) => number): Tally =>
  Object.fromEntries(nouns.map((noun) => [noun, count(noun)])) as Tally;

export const NOTHING: Tally = tally(() => 0);

function nounOf(kind: string): Noun {
  if (kind === "remark") return "note";
  return (nouns as readonly string[]).includes(kind) ? (kind as Noun) : "change";
}

/** `pages` are texts of pages: a new wording of something. */
export function tallyOf(kinds: readonly string[], pages = 0): Tally {
  const own = kinds.map(nounOf);
  return tally((noun) => own.filter((one) => one === noun).length + (noun === "change" ? pages : 0));
}

export const totalOf = (all: Tally): number => nouns.reduce((total, noun) => total + all[noun], 0);

export const sum = (a: Tally, b: Tally): Tally => tally((noun) => a[noun] + b[noun]);

export const most = (a: Tally, b: Tally): Tally => tally((noun) => Math.max(a[noun], b[noun]));

/** What is left of one when the other is taken out of it. */
export const without = (a: Tally, b: Tally): Tally => tally((noun) => Math.max(0, a[noun] - b[noun]));

/** 3 messages; 1 report; 3 messages, 1 report and 2 changes */
export function sayTally(all: Tally): string {
  const said = nouns
    .filter((noun) => all[noun] > 0 || (noun === "message" && totalOf(all) === 0))
    .map((noun) => `${all[noun]} ${noun}${all[noun] === 1 ? "" : "s"}`);
  const last = said.pop() ?? "";
  return said.length === 0 ? last : `${said.join(", ")} and ${last}`;
}

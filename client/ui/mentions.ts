import type { MemberId } from "#shared/ids.ts";

export interface Person {
  readonly id: MemberId;
  readonly name: string;
}

const WORD = /[\p{L}\p{N}_]/u;

/** The `@…` that is being typed at the caret: its text, and where the @ stands. */
export function mentionAt(text: string, caret: number): { readonly from: number; readonly query: string } | undefined {
  const from = text.lastIndexOf("@", caret - 1);
  const query = text.slice(from + 1, caret);
  const before = text[from - 1];
  if (from < 0 || query.length > 30 || query.includes("\n") || (before !== undefined && WORD.test(before)))
    return undefined;
  return { from, query };
}

/** Of those who were chosen, the ones whose `@name` still stands in the text. */
export const mentionedIn = (text: string, chosen: readonly Person[]): readonly MemberId[] => [
  ...new Set(chosen.filter(({ name }) => name !== "" && text.includes(`@${name}`)).map(({ id }) => id)),
];

/** People whose name fits what was typed: those that begin with it first. */
export function fitting(people: readonly Person[], query: string, limit = 8): readonly Person[] {
  const wanted = query.toLowerCase();
  const rank = ({ name }: Person) => name.toLowerCase().indexOf(wanted);
  const byRank = (a: Person, b: Person) => Math.sign(rank(a)) - Math.sign(rank(b)) || a.name.localeCompare(b.name);
  return people
    .filter((person) => person.name !== "" && rank(person) >= 0)
    .toSorted(byRank)
    .slice(0, limit);
}

export type Piece = string | Person;

/** Cuts a text at the `@name`s of those who are mentioned in it; longer names first, so that `@Bobby` is not `@Bob`. */
export function cutAtMentions(text: string, people: readonly Person[]): readonly Piece[] {
  const named = people.filter(({ name }) => name !== "").toSorted((a, b) => b.name.length - a.name.length);
  return named.reduce<readonly Piece[]>(
    (pieces, person) => pieces.flatMap((piece) => (typeof piece === "string" ? cutAt(piece, person) : [piece])),
    [text],
  );
}

function cutAt(text: string, person: Person): readonly Piece[] {
  const parts = text.split(`@${person.name}`);
  return parts.flatMap((part, index) => (index === 0 ? [part] : [person, part])).filter((piece) => piece !== "");
}

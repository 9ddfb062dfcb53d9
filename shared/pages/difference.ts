import type { PageBody } from "./body.ts";
import { blocksOf } from "./markdown.ts";

/** A piece of two versions of something: in both, or only in one of them. */
export interface Piece {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/** A block of a page in two versions. A block that was reworded has its words apart. */
export type BlockChange =
  | { readonly kind: "same" | "gone" | "new"; readonly text: string }
  | { readonly kind: "changed"; readonly words: readonly Piece[] };

/** Two lists with more pairs than this are compared roughly. */
const MAX_PAIRS = 4_000_000;

/** What one version of a page says that another does not, block by block. */
export function differenceOf(before: PageBody, after: PageBody): readonly BlockChange[] {
  const pieces = compare(blocksOf(before.content), blocksOf(after.content));
  const changes: BlockChange[] = [];
  for (let at = 0; at < pieces.length;) {
    const gone = runOf(pieces, at, "gone");
    const fresh = runOf(pieces, at + gone.length, "new");
    const pairs = Math.min(gone.length, fresh.length);
    for (let index = 0; index < pairs; index += 1) changes.push(reworded(gone[index] as Piece, fresh[index] as Piece));
    for (const piece of [...gone.slice(pairs), ...fresh.slice(pairs)]) changes.push(piece);
    at += gone.length + fresh.length;
    const same = pieces[at];
    if (gone.length + fresh.length === 0 && same !== undefined) {
      changes.push(same);
      at += 1;
    }
  }
  return changes;
}

function runOf(pieces: readonly Piece[], from: number, kind: Piece["kind"]): readonly Piece[] {
  let end = from;
  while (pieces[end]?.kind === kind) end += 1;
  return pieces.slice(from, end);
}

const reworded = (gone: Piece, fresh: Piece): BlockChange => ({
  kind: "changed",
  words: joined(compare(wordsOf(gone.text), wordsOf(fresh.text))),
});

/** Words with the spaces behind them; scripts without spaces, sign by sign. */
const wordsOf = (text: string): readonly string[] =>
  text.match(/(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}])+\s*|[^]/gu) ?? [];

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.kind === piece.kind) result[result.length - 1] = { ...last, text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}

/** The longest common part stays; what was there only before comes before what is there only now. */
function compare(before: readonly string[], after: readonly string[]): readonly Piece[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end))
    end += 1;

  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const middle = old.length * fresh.length > MAX_PAIRS ? replaced(old, fresh) : common(old, fresh);
  return [
    ...before.slice(0, start).map((text) => ({ kind: "same", text }) as const),
    ...middle,
    ...before.slice(before.length - end).map((text) => ({ kind: "same", text }) as const),
  ];
}

const replaced = (before: readonly string[], after: readonly string[]): readonly Piece[] => [
  ...before.map((text) => ({ kind: "gone", text }) as const),
  ...after.map((text) => ({ kind: "new", text }) as const),
];

function common(before: readonly string[], after: readonly string[]): readonly Piece[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        before[i] === after[j]
          ? (lengths[(i + 1) * width + j + 1] as number) + 1
          : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number);

  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      pieces.push({ kind: "same", text: before[i] as string });
      [i, j] = [i + 1, j + 1];
    } else if (
      j >= after.length ||
      (i < before.length && (lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number))
    ) {
      pieces.push({ kind: "gone", text: before[i] as string });
      i += 1;
    } else {
      pieces.push({ kind: "new", text: after[j] as string });
      j += 1;
    }
  }
  return pieces;
}

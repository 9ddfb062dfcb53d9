import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

export const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** A conversation that the document shows. */
export interface Example {
  readonly name: string;
  /** What the words behind its name say, such as `over=http`. */
  readonly options: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
}

export type Line =
  | { readonly kind: "elsewhere"; readonly what: string }
  | { readonly kind: "act"; readonly who: string; readonly what: Act; readonly rest: string; readonly times: number };

const ACTS = ["opens", "asks", "sees", "stops reading", "reads again", ">", "<"] as const;
type Act = (typeof ACTS)[number];

/** All examples of a page, in its order. */
export const examplesIn = (page: string): readonly Example[] =>
  blocksIn(page, "example").map(({ info, text }) => {
    const [name = "", ...options] = info.split(" ");
    return {
      name,
      options: Object.fromEntries(options.map((option) => option.split("=") as [string, string])),
      lines: joined(text.split("\n")).map(lineOf),
    };
  });

/** What stands in the fences that begin with this word. */
export const blocksIn = (page: string, word: string): readonly { readonly info: string; readonly text: string }[] =>
  [...page.matchAll(/^```(\S+) ?(.*)\n([\s\S]*?)\n```$/gm)]
    .filter(([, found]) => found === word)
    .map(([, , info = "", text = ""]) => ({ info, text }));

const HEX = /^ {2}((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2,}.*)?$/;

/** Lines of bytes, with what they mean behind them, belong to the line above. */
const joined = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) => line.replace(HEX, "\0$1"))
    .join("\n")
    .replaceAll("\n\0", " ")
    .split("\n");

const LINE = new RegExp(`^(.+?) (${ACTS.join("|")})(?: (.*?))??(?: × (\\d+))?$`);

function lineOf(text: string): Line {
  if (text.startsWith("-- ")) return { kind: "elsewhere", what: text.slice(3) };
  const [, who, what, rest = "", times = "1"] = LINE.exec(text) ?? [];
  if (who === undefined) throw new Error(`no line of a conversation: ${text}`);
  return { kind: "act", who, what: what as Act, rest, times: Number(times) };
}

/** The rows of every table whose head has this column, by the names in the head. */
export function rowsWith(page: string, column: string): readonly Readonly<Record<string, string>>[] {
  const tables = page.split(/\n(?!\|)/).map((part) => part.split("\n").filter((line) => line.startsWith("|")));
  return tables.flatMap(([first = "", , ...rows]) => {
    const head = cellsOf(first);
    return head.includes(column)
      ? rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, index) => [head[index], cell])))
      : [];
  });
}

const cellsOf = (row: string): readonly string[] =>
  row
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

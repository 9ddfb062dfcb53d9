export type Cell = string | number | null | undefined;

/** Spreadsheets look for it to know that what follows is UTF-8. */
export const CSV_MARK = "\u{feff}";

/** A line as RFC 4180 has it. What people wrote is text there: no spreadsheet carries it out. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(",")}\r\n`;

export const csv = (lines: readonly (readonly Cell[])[]): string => `${CSV_MARK}${lines.map(csvLine).join("")}`;

/** Text that begins with one of these, in either width, is taken for a formula. */
const FORMULA = /^\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/** Where commas are decimal, cells end with semicolons, and one that is not quoted would end in the middle of a name. */
const SEPARATOR = /[",;\t\r\n]/;

function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return SEPARATOR.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

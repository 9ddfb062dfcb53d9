import { MAX_DEPTH, MAX_ENTRY_BYTES } from "./limits.ts";

const encoder = new TextEncoder();

const sound = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

/** Plain JSON of bounded depth, with text that survives PostgreSQL and the wire unchanged. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return sound(value);
  if (value === null || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));

  return Object.entries(value).every(([key, item]) => sound(key) && key !== "__proto__" && isPlain(item, depth + 1));
}

/** Whether a value may be an entry at all, before anybody asks which. */
export const isStorable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  isPlain(value, 0) &&
  fits(JSON.stringify(value));

/** No character takes more than three bytes for each of its UTF-16 units: short texts need not be counted. */
const fits = (text: string): boolean =>
  text.length * 3 <= MAX_ENTRY_BYTES || encoder.encode(text).length <= MAX_ENTRY_BYTES;

/** One text for one value that JSON can say, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === undefined) return "undefined";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);

  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

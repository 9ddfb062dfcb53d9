import { MAX_DEPTH, MAX_ENTRY_BYTES } from "./limits.ts";

const encoder = new TextEncoder();

const sound = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

const fieldOf = (value: object, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key];

/** Plain JSON of bounded depth, with text that survives PostgreSQL and the wire unchanged. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "string") return sound(value);
  if (value === null || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));

  for (const key in value)
    if (!sound(key) || key === "__proto__" || !isPlain(fieldOf(value, key), depth + 1)) return false;
  return true;
}

/** Whether a value may be an entry at all, before anybody asks which. */
export const isStorable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value, 0) && fits(value);

/** What needs only a few characters is not written out to be measured: JSON takes at most six bytes for one of them. */
const fits = (value: object): boolean =>
  roughSize(value) <= MAX_ENTRY_BYTES || encoder.encode(JSON.stringify(value)).length <= MAX_ENTRY_BYTES;

/** At least as many bytes as a plain value takes as JSON. */
function roughSize(value: unknown): number {
  if (typeof value === "string") return value.length * 6 + 3;
  if (typeof value !== "object" || value === null) return 26;
  let size = 2;
  for (const key in value) size += key.length * 6 + 4 + roughSize(fieldOf(value, key));
  return size;
}

/** One text for one value that JSON can say, whatever the order of its keys. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? "undefined";

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);

  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) copy[key] = sorted(fieldOf(value, key));
  return copy;
}

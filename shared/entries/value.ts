import { MAX_DEPTH, MAX_ENTRY_BYTES } from "./limits.ts";

const encoder = new TextEncoder();

const sound = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

const fieldOf = (value: object, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key];

/**
 * At least as many bytes as a value takes as JSON: six for a character. `NaN` for what is not plain: plain is JSON of
 * bounded depth, with text that survives PostgreSQL and the wire unchanged.
 */
function roughSize(value: unknown, depth: number): number {
  if (typeof value === "string") return sound(value) ? value.length * 6 + 3 : Number.NaN;
  if (value === null || typeof value === "boolean") return 6;
  if (typeof value === "number") return Number.isFinite(value) ? 26 : Number.NaN;
  if (typeof value !== "object" || depth === MAX_DEPTH) return Number.NaN;

  let size = 3;
  if (Array.isArray(value)) for (const item of value) size += 1 + roughSize(item, depth + 1);
  else
    for (const key in value) {
      if (key === "__proto__") return Number.NaN;
      size += 2 + roughSize(key, depth) + roughSize(fieldOf(value, key), depth + 1);
    }
  return size;
}

/** Whether a value may be an entry at all, before anybody asks which. */
export const isStorable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && fits(value, roughSize(value, 0));

/** What needs only a few characters is not written out to be measured. */
const fits = (value: object, atMost: number): boolean =>
  atMost <= MAX_ENTRY_BYTES ||
  (atMost > MAX_ENTRY_BYTES && encoder.encode(JSON.stringify(value)).length <= MAX_ENTRY_BYTES);

/** One text for one value that JSON can say, whatever the order of its keys. */
export const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? "undefined";

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);

  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) copy[key] = sorted(fieldOf(value, key));
  return copy;
}

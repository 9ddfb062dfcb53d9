import { MAX_DEPTH } from "#shared/entries/limits.ts";

import { Unreadable, type ByteReader } from "./byte-reader.ts";

/** One value in lib0's "any" encoding; only what JSON can say, no deeper than an entry may be. */
function readValue(reader: ByteReader, depth: number): unknown {
  const tag = reader.byte();
  switch (tag) {
    case 117:
      return readArray(reader, depth);
    case 118:
      return readObject(reader, depth);
    case 119:
      return reader.text();
    case 120:
      return true;
    case 121:
      return false;
    case 123:
      return finite(reader.float64());
    case 124:
      return finite(reader.float32());
    case 125:
      return reader.int();
    case 126:
      return null;
    default:
      // BigInt, undefined and raw bytes: no JSON, and the next reader would choke on them.
      throw new Unreadable(`no value starts with ${tag}`);
  }
}

const readArray = (reader: ByteReader, depth: number): unknown[] =>
  readValues(reader, deeper(reader, depth), depth + 1);

/** So many values, one after the other. */
export function readValues(reader: ByteReader, length: number, depth = 0): unknown[] {
  const values: unknown[] = [];
  for (let left = length; left > 0; left -= 1) values.push(readValue(reader, depth));
  return values;
}

function readObject(reader: ByteReader, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let left = deeper(reader, depth); left > 0; left -= 1) {
    const key = reader.text();
    if (key === "__proto__" || Object.hasOwn(object, key)) throw new Unreadable(`key ${key}`);
    object[key] = readValue(reader, depth + 1);
  }
  return object;
}

function deeper(reader: ByteReader, depth: number): number {
  if (depth >= MAX_DEPTH) throw new Unreadable("nested too deeply");
  return reader.count();
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Unreadable("not a finite number");
  return value;
}

import { fail, ok, type Result } from "#shared/result.ts";

import { ByteReader, Unreadable } from "./byte-reader.ts";
import { readValues } from "./read-value.ts";
import type { Item, Position, Range, Update } from "./update.ts";

export type UnreadableUpdate = { readonly kind: "malformed" | "too-large"; readonly why: string };

/** The largest frame that a client may send. Delete ranges count by their bytes alone: every step 2 carries all that is known to be deleted. */
const MAX_FRAME_BYTES = 64 * 1024;
const MAX_STEP_2_BYTES = 256 * 1024;
const MAX_FRAME_STRUCTS = 2_000;
/** More entries than this have no room in a step 2; smaller values, of which it could hold hundreds of thousands, are none. */
const MAX_FRAME_VALUES = 4_000;

const CONTENT = 0x1f;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_PARENT_SUB = 0x20;
const CONTENT_DELETED = 1;
const CONTENT_ANY = 8;
/** Yjs draws clientIDs from 32 bits. */
const MAX_CLIENT = 0xffff_ffff;

export interface Limits {
  readonly bytes: number;
  readonly structs: number;
  readonly values: number;
}

export const FRAME: Limits = { bytes: MAX_FRAME_BYTES, structs: MAX_FRAME_STRUCTS, values: MAX_FRAME_VALUES };
export const STEP_2: Limits = { bytes: MAX_STEP_2_BYTES, structs: MAX_FRAME_STRUCTS, values: MAX_FRAME_VALUES };
/** For what we encoded ourselves: journal rows and snapshots. */
export const UNBOUNDED: Limits = { bytes: Infinity, structs: Infinity, values: Infinity };

/**
 * Reads a Yjs update (v1) of a log document with work and memory linear in its bytes, before Yjs sees any of it.
 * The grammar: items of ContentAny or ContentDeleted, with an origin or a root, without right origin or parentSub.
 * Format: https://github.com/yjs/yjs, src/utils/encoding.js and UpdateEncoder.js.
 */
export function readUpdate(bytes: Uint8Array, limits: Limits = FRAME): Result<Update, UnreadableUpdate> {
  return readWhole(bytes, limits.bytes, (reader) => {
    const budget = { structs: limits.structs, values: limits.values };
    return { items: readItems(reader, budget), deletes: readDeletes(reader) };
  });
}

/** Reads bytes to their end; whatever is wrong with them is a problem, and nothing is thrown. */
export function readWhole<Read>(
  bytes: Uint8Array,
  most: number,
  read: (reader: ByteReader) => Read,
): Result<Read, UnreadableUpdate> {
  if (bytes.length > most) return fail({ kind: "too-large", why: `${bytes.length} bytes` });
  try {
    const reader = new ByteReader(bytes);
    const update = read(reader);
    if (!reader.done()) throw new Unreadable("bytes after the end");
    return ok(update);
  } catch (error) {
    if (error instanceof TooMany) return fail({ kind: "too-large", why: error.message });
    if (error instanceof Unreadable) return fail({ kind: "malformed", why: error.message });
    throw error;
  }
}

/** More than a frame may have. */
export class TooMany extends Unreadable {}

interface Budget {
  structs: number;
  values: number;
}

function spend(budget: Budget, what: keyof Budget, count: number): void {
  budget[what] -= count;
  if (budget[what] < 0) throw new TooMany(`too many ${what}`);
}

function readItems(reader: ByteReader, budget: Budget): Item[] {
  const items: Item[] = [];
  const seen = new Set<number>();
  for (let clients = reader.count(); clients > 0; clients -= 1) {
    const structs = reader.count();
    spend(budget, "structs", structs);
    const client = readClient(reader, seen);
    let clock = reader.uint();
    for (let left = structs; left > 0; left -= 1) {
      const item = readItem(reader, budget, client, clock);
      items.push(item);
      clock = inRange(clock + item.length);
    }
  }
  return items;
}

export function readClient(reader: ByteReader, seen: Set<number>): number {
  const client = reader.uint();
  if (client > MAX_CLIENT || seen.has(client)) throw new Unreadable(`clientID ${client}`);
  seen.add(client);
  return client;
}

function readItem(reader: ByteReader, budget: Budget, client: number, clock: number): Item {
  const info = reader.byte();
  if ((info & (HAS_RIGHT_ORIGIN | HAS_PARENT_SUB)) !== 0) throw new Unreadable("a log is only appended to");

  const origin = (info & HAS_ORIGIN) === 0 ? undefined : readPosition(reader);
  const root = origin === undefined ? readRoot(reader) : undefined;
  const values = readContent(reader, budget, info & CONTENT);

  return typeof values === "number"
    ? { client, clock, length: values, values: undefined, origin, root }
    : { client, clock, length: values.length, values, origin, root };
}

export const readPosition = (reader: ByteReader): Position => ({ client: reader.uint(), clock: reader.uint() });

function readRoot(reader: ByteReader): string {
  if (reader.uint() !== 1) throw new Unreadable("nested types have no place in a log");
  return reader.text();
}

/** The values, or how many there were. */
function readContent(reader: ByteReader, budget: Budget, content: number): unknown[] | number {
  if (content === CONTENT_DELETED) return atLeastOne(inRange(reader.uint()));
  if (content !== CONTENT_ANY) throw new Unreadable(`content ${content}`);
  const length = atLeastOne(reader.count());
  spend(budget, "values", length);
  return readValues(reader, length);
}

export function readDeletes(reader: ByteReader): Range[] {
  const deletes: Range[] = [];
  const seen = new Set<number>();
  for (let clients = reader.count(); clients > 0; clients -= 1) {
    const client = readClient(reader, seen);
    const ranges = reader.count();
    let least = 0;
    for (let left = ranges; left > 0; left -= 1) {
      const clock = reader.uint();
      const length = atLeastOne(reader.uint());
      // Yjs writes them ascending and disjoint; else a few bytes could name the same positions thousands of times.
      if (clock < least) throw new Unreadable("delete ranges overlap");
      least = inRange(clock + length);
      deletes.push({ client, clock, length });
    }
  }
  return deletes;
}

export function atLeastOne(length: number): number {
  if (length < 1) throw new Unreadable("empty struct");
  return length;
}

export function inRange(clock: number): number {
  if (clock > Number.MAX_SAFE_INTEGER) throw new Unreadable("clock too large");
  return clock;
}

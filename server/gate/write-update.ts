import {
  createEncoder,
  toUint8Array,
  writeAny,
  writeUint8,
  writeVarString,
  writeVarUint,
  type Encoder,
} from "lib0/encoding";

import type { Item, Range, Update } from "./update.ts";

/**
 * Encodes an update (v1) that Yjs reads. Every row of the journal is made here, never of a client's bytes.
 * Items of one clientID must be consecutive and ascend; their order among clientIDs does not matter.
 */
export const writeUpdate = ({ items, deletes }: Update): Uint8Array => writeStructs(items, deletes, writeItem);

/** The same of structs that are written otherwise. */
export function writeStructs<Struct extends Range>(
  structs: readonly Struct[],
  deletes: readonly Range[],
  write: (encoder: Encoder, struct: Struct) => void,
): Uint8Array {
  const encoder = createEncoder();
  const structsByClient = byClient(structs);

  writeVarUint(encoder, structsByClient.length);
  for (const [client, own] of structsByClient) {
    writeVarUint(encoder, own.length);
    writeVarUint(encoder, client);
    writeVarUint(encoder, own[0]?.clock ?? 0);
    own.forEach((struct) => write(encoder, struct));
  }
  writeDeletes(encoder, deletes);
  return toUint8Array(encoder);
}

/** Highest clientID first, as Yjs has it. */
function byClient<Part extends Range>(parts: readonly Part[]): readonly (readonly [number, readonly Part[]])[] {
  return [...Map.groupBy(parts, ({ client }) => client)]
    .map(([client, own]) => [client, own.toSorted((a, b) => a.clock - b.clock)] as const)
    .toSorted(([a], [b]) => b - a);
}

const CONTENT_DELETED = 1;
const CONTENT_ANY = 8;
const HAS_ORIGIN = 0x80;

function writeItem(encoder: Encoder, { values, length, origin, root }: Item): void {
  writeUint8(encoder, (values === undefined ? CONTENT_DELETED : CONTENT_ANY) | (origin === undefined ? 0 : HAS_ORIGIN));
  if (origin !== undefined) {
    writeVarUint(encoder, origin.client);
    writeVarUint(encoder, origin.clock);
  } else {
    writeVarUint(encoder, 1);
    writeVarString(encoder, root as string);
  }
  writeVarUint(encoder, length);
  values?.forEach((value) => writeAny(encoder, value as never));
}

function writeDeletes(encoder: Encoder, deletes: readonly Range[]): void {
  const deletesByClient = byClient(deletes);
  writeVarUint(encoder, deletesByClient.length);
  for (const [client, own] of deletesByClient) {
    const ranges = joined(own);
    writeVarUint(encoder, client);
    writeVarUint(encoder, ranges.length);
    for (const { clock, length } of ranges) {
      writeVarUint(encoder, clock);
      writeVarUint(encoder, length);
    }
  }
}

/** Ascending, disjoint ranges that say the same. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    if (last === undefined || range.clock > last.clock + last.length) result.push(range);
    else
      result[result.length - 1] = { ...last, length: Math.max(last.length, range.clock + range.length - last.clock) };
  }
  return result;
}

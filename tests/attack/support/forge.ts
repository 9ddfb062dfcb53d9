import {
  createEncoder,
  toUint8Array,
  writeAny,
  writeUint8,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
  type Encoder,
} from "lib0/encoding";

/** An encoder of updates (v1) that writes what no honest one would. */
export interface At {
  readonly client: number;
  readonly clock: number;
}

/** Where a struct says that it stands; nothing of it need be true. */
export interface Place {
  readonly origin?: At;
  readonly right?: At;
  readonly root?: string;
  /** The item that it claims to be inside of. */
  readonly parent?: At;
  readonly key?: string;
}

export interface Struct {
  readonly content: number;
  readonly place?: Place;
  readonly write: (encoder: Encoder) => void;
}

/** Structs that claim to be consecutive positions of one clientID. */
export interface Block {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly Struct[];
}

export interface Deletion {
  readonly client: number;
  readonly ranges: readonly (readonly [clock: number, length: number])[];
}

const text =
  (...texts: readonly string[]) =>
  (encoder: Encoder): void =>
    texts.forEach((one) => writeVarString(encoder, one));

/** Values in ContentAny. `claimed` is how many it says there are. */
export const any = (values: readonly unknown[], place?: Place, claimed = values.length): Struct => ({
  content: 8,
  ...(place && { place }),
  write(encoder) {
    writeVarUint(encoder, claimed);
    values.forEach((value) => writeAny(encoder, value as never));
  },
});

const counted =
  (content: number) =>
  (length: number, place?: Place): Struct => ({
    content,
    ...(place && { place }),
    write: (encoder) => writeVarUint(encoder, length),
  });

export const gc = counted(0);
export const deleted = counted(1);
export const skip = counted(10);

/** Every other content that Yjs knows, and some that it does not. */
export const strange: Readonly<Record<string, (place: Place) => Struct>> = {
  json: (place) => ({ content: 2, place, write: (encoder) => [writeVarUint(encoder, 1), text('{"a":1}')(encoder)] }),
  binary: (place) => ({ content: 3, place, write: (encoder) => writeVarUint8Array(encoder, Uint8Array.of(1, 2, 3)) }),
  string: (place) => ({ content: 4, place, write: text("hello") }),
  embed: (place) => ({ content: 5, place, write: text('{"image":"x"}') }),
  format: (place) => ({ content: 6, place, write: text("bold", "true") }),
  "nested array": (place) => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 0) }),
  "nested map": (place) => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 1) }),
  "nested text": (place) => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 2) }),
  "xml fragment": (place) => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 4) }),
  "xml hook": (place) => ({ content: 7, place, write: (encoder) => [writeVarUint(encoder, 5), text("hook")(encoder)] }),
  "xml text": (place) => ({ content: 7, place, write: (encoder) => writeVarUint(encoder, 6) }),
  "xml element": (place) => ({ content: 7, place, write: (encoder) => [writeVarUint(encoder, 3), text("p")(encoder)] }),
  subdocument: (place) => ({ content: 9, place, write: (encoder) => [text("guid")(encoder), writeAny(encoder, {})] }),
  "unknown content": (place) => ({ content: 11, place, write: (encoder) => writeVarUint(encoder, 1) }),
  "content 31": (place) => ({ content: 31, place, write: (encoder) => writeVarUint(encoder, 1) }),
};

const isItem = ({ content }: Struct): boolean => content !== 0 && content !== 10;

function writeStruct(encoder: Encoder, struct: Struct): void {
  const { content, place = {}, write } = struct;
  const { origin, right, root, parent, key } = place;
  writeUint8(encoder, content | (origin ? 0x80 : 0) | (right ? 0x40 : 0) | (key === undefined ? 0 : 0x20));
  if (isItem(struct)) {
    for (const id of [origin, right]) if (id !== undefined) writeId(encoder, id);
    if (origin === undefined && right === undefined) writeParent(encoder, root, parent, key);
  }
  write(encoder);
}

function writeId(encoder: Encoder, { client, clock }: At): void {
  writeVarUint(encoder, client);
  writeVarUint(encoder, clock);
}

function writeParent(
  encoder: Encoder,
  root: string | undefined,
  parent: At | undefined,
  key: string | undefined,
): void {
  writeVarUint(encoder, parent === undefined ? 1 : 0);
  if (parent === undefined) writeVarString(encoder, root ?? "");
  else writeId(encoder, parent);
  if (key !== undefined) writeVarString(encoder, key);
}

/** A whole update. */
export function forge(blocks: readonly Block[], deletions: readonly Deletion[] = []): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, blocks.length);
  for (const { client, clock, structs } of blocks) {
    for (const number of [structs.length, client, clock]) writeVarUint(encoder, number);
    structs.forEach((struct) => writeStruct(encoder, struct));
  }
  writeVarUint(encoder, deletions.length);
  for (const { client, ranges } of deletions) {
    for (const number of [client, ranges.length, ...ranges.flat()]) writeVarUint(encoder, number);
  }
  return toUint8Array(encoder);
}

/** One block, which is what most attacks need. */
export const forged = (client: number, clock: number, ...structs: readonly Struct[]): Uint8Array =>
  forge([{ client, clock, structs }]);

/** Only a delete set. */
export const erasure = (client: number, ...ranges: readonly (readonly [clock: number, length: number])[]): Uint8Array =>
  forge([], [{ client, ranges }]);

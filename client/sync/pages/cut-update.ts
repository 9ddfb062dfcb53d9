import { length, writeVarUint } from "lib0/encoding";
import { ContentString, decodeUpdate, getState, Item, Skip, UpdateEncoderV1, type Doc, type GC } from "yjs";

import { isDeleted } from "./holds.ts";

/** How much of an update one frame may bring: bytes, and structs and ranges that are taken out. */
export interface Room {
  readonly bytes: number;
  readonly pieces: number;
}

type Struct = Item | GC;
type Decoded = ReturnType<typeof decodeUpdate>;

/** Whether an update needs more than one frame. No piece is shorter than a byte. */
export function isOver(update: Uint8Array, room: Room): boolean {
  if (update.length <= Math.min(room.bytes, room.pieces)) return false;
  const { structs, ds } = decodeUpdate(update);
  const ranges = [...ds.clients.values()].reduce((sum, { length: count }) => sum + count, 0);
  return update.length > room.bytes || structs.length + ranges > room.pieces;
}

/**
 * The beginning of an update, for whoever has what is in a document: of what it takes out of that as much as there is
 * room for, and of what it adds as much as stands beside what is there. Undefined where nothing of it can be brought.
 */
export function cutUpdate(update: Uint8Array, doc: Doc, room: Room): Uint8Array | undefined {
  const { structs, ds } = decodeUpdate(update);
  const ends = new Map([...doc.store.clients.keys()].map((client) => [client, getState(doc.store, client)]));
  const all = [...ds.clients].flatMap(([client, ranges]) => ranges.map(({ clock, len }) => ({ client, clock, len })));
  // What is taken out first makes room on the page for the rest.
  const before = clipped(all, ends).filter(({ client, clock, len }) => !isDeleted(doc, client, clock, len));
  const first = before.slice(0, Math.ceil(room.pieces / 2));
  const taken = taking(structs, ends, { ...room, pieces: room.pieces - first.length });
  if (taken.length + first.length === 0) return undefined;
  const encoder = new UpdateEncoderV1();
  writeStructs(encoder, taken);
  writeDeletes(encoder, first);
  return encoder.toUint8Array();
}

/** In the order in which they depend on each other. */
function taking(structs: Decoded["structs"], ends: Map<number, number>, room: Room): readonly Struct[] {
  const queues = [...Map.groupBy(structs, ({ id }) => id.client).values()].map((own) => ({ own, next: 0 }));
  const measure = new UpdateEncoderV1();
  const taken: Struct[] = [];
  for (let before = -1; before < taken.length;) {
    before = taken.length;
    for (const queue of queues)
      for (let struct = queue.own[queue.next]; struct !== undefined; struct = queue.own[queue.next]) {
        if (struct instanceof Skip || !stands(struct, ends)) break;
        const whole = struct.length;
        const fits = taken.length < room.pieces && shorten(struct, room.bytes - length(measure.restEncoder));
        if (!fits) return taken;
        struct.write(measure, 0);
        taken.push(struct);
        ends.set(struct.id.client, struct.id.clock + struct.length);
        if (struct.length < whole) return taken;
        queue.next += 1;
      }
  }
  return taken;
}

function stands({ id, ...struct }: Struct, ends: ReadonlyMap<number, number>): boolean {
  const { origin, rightOrigin, parent } = struct as Partial<Item>;
  const beside = [
    origin,
    rightOrigin,
    typeof parent === "object" && parent !== null && "clock" in parent ? parent : null,
  ];
  return (
    id.clock <= (ends.get(id.client) ?? 0) &&
    beside.every((one) => one === null || one === undefined || one.clock < (ends.get(one.client) ?? 0))
  );
}

/** What a sign may take, and whatever stands beside words. */
const SIGN = 3;
const BESIDE = 64;

/** Leaves as many of its words as there is room for. False where there is none. */
function shorten(struct: Struct, bytes: number): boolean {
  if (!(struct instanceof Item && struct.content instanceof ContentString)) return bytes > BESIDE;
  const { str } = struct.content;
  let most = Math.floor((bytes - BESIDE) / SIGN);
  if (str.length <= most) return true;
  // Half of a pair is no sign.
  if (/[\ud800-\udbff]/.test(str.charAt(most - 1))) most -= 1;
  if (most < 1) return false;
  struct.content.splice(most);
  struct.length = most;
  return true;
}

interface Taken {
  readonly client: number;
  readonly clock: number;
  readonly len: number;
}

/** As far as it is there. */
const clipped = (ranges: readonly Taken[], ends: ReadonlyMap<number, number>): readonly Taken[] =>
  ranges.flatMap(({ client, clock, len }) => {
    const left = Math.min(len, (ends.get(client) ?? 0) - clock);
    return left > 0 ? [{ client, clock, len: left }] : [];
  });

/** Format: https://github.com/yjs/yjs, src/utils/encoding.js. */
function writeStructs(encoder: UpdateEncoderV1, structs: readonly Struct[]): void {
  const byClient = Map.groupBy(structs, ({ id }) => id.client);
  writeVarUint(encoder.restEncoder, byClient.size);
  for (const [client, own] of [...byClient].toSorted(([a], [b]) => b - a)) {
    writeVarUint(encoder.restEncoder, own.length);
    encoder.writeClient(client);
    writeVarUint(encoder.restEncoder, own[0]?.id.clock ?? 0);
    own.forEach((struct) => struct.write(encoder, 0));
  }
}

function writeDeletes(encoder: UpdateEncoderV1, deletes: readonly Taken[]): void {
  const byClient = Map.groupBy(deletes, ({ client }) => client);
  writeVarUint(encoder.restEncoder, byClient.size);
  for (const [client, ranges] of byClient) {
    writeVarUint(encoder.restEncoder, client);
    writeVarUint(encoder.restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
}

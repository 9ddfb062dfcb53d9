import { diffUpdate, encodeStateVector, mergeUpdates, type Doc } from "yjs";

import { cutUpdate, isOver, type Room } from "./cut-update.ts";
import { holds } from "./holds.ts";

/** Larger frames are refused; a long paste, or what was written without a network, is sent in parts. */
export const ROOM: Room = { bytes: 200_000, pieces: 6_000 };
const LEAST = 50;

/** Where a frame was too much, its parts may not be: it depends on what they meet on the page. */
export const smaller = ({ bytes, pieces }: Room): Room | undefined =>
  pieces > LEAST ? { bytes: Math.ceil(bytes / 4), pieces: Math.ceil(pieces / 4) } : undefined;

/** What a replica lacks of some updates; of much, the oldest. */
export function nextFrame(updates: readonly Uint8Array[], replica: Doc, room: Room): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const update of updates) {
    if (holds(replica, update)) continue;
    if (parts.length > 0 && size + update.length > room.bytes) break;
    parts.push(update);
    size += update.length;
  }
  if (parts.length === 0) return undefined;
  const frame = diffUpdate(mergeUpdates(parts), encodeStateVector(replica));
  return isOver(frame, room) ? (cutUpdate(frame, replica, room) ?? frame) : frame;
}

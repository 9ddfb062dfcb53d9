import type { Author } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import { kindOf, type Entry } from "#shared/entries/kinds.ts";

import type { EntryKey, Keys } from "./entry-key.ts";
import type { Position } from "./update.ts";

/** What accepting the entries of one frame or server write does beside storing them. */
export interface Effects {
  /** The layer of keys that holds what the frame adds. */
  readonly keys: Keys;
  /** Positions, older or in this very frame, whose value is deleted. */
  readonly erased: Position[];
  /** Documents in which something lies that others may have read and that must leave journal and snapshot. */
  readonly eraseDue: Set<string>;
}

export const noEffects = (keys: Keys): Effects => ({ keys, erased: [], eraseDue: new Set() });

/** An entry at the place where it is about to be stored. */
export interface Arrival {
  readonly document: string;
  readonly author: Author;
  readonly entry: Entry;
  readonly digest: string;
  readonly position: Position;
}

/** Takes in an entry whose id is new, with all that follows from its kind. */
export function accept(effects: Effects, arrival: Arrival): void {
  const { keys } = effects;
  const { key, erases } = keyFor(arrival);
  const holder = key.stateKey === undefined ? undefined : keys.stateHolder(key.author, key.stateKey);
  const whole = key.partOf === undefined ? undefined : keys.find(key.partOf.author, key.partOf.id);

  keys.put(key);
  if (holder !== undefined) dropState(effects, arrival.document, isNewer(key, holder) ? holder : key);
  if (whole?.state === "erased") erase(effects, arrival.document, key);
  if (erases !== undefined) eraseWithParts(effects, arrival, erases);
}

function keyFor({ document, author, entry, digest, position }: Arrival): { key: EntryKey; erases: Ref | undefined } {
  const kind = kindOf(entry);
  const { id, at } = entry;
  const partOf = kind.partOf?.(entry);
  const stateKey = kind.state?.(entry);
  return {
    key: { author, id, kind: entry.kind, at, digest, partOf, stateKey, document, position, state: "present" },
    erases: kind.erases?.(entry),
  };
}

const isNewer = (a: EntryKey, b: EntryKey): boolean => (a.at !== b.at ? a.at > b.at : a.id > b.id);

/** The older of two states. Nobody asked for it to be forgotten, so it leaves with the next compaction. */
function dropState(effects: Effects, document: string, key: EntryKey): void {
  effects.keys.put({ ...key, state: "erased", digest: undefined });
  if (key.document === document && key.position !== undefined) effects.erased.push(key.position);
}

function eraseWithParts(effects: Effects, { document, entry }: Arrival, target: Ref): void {
  const { keys } = effects;
  const key = keys.find(target.author, target.id);

  // Reserved: should it still arrive, it is a known id that was erased. Its edits may have come before it.
  if (key === undefined)
    keys.put({ ...target, kind: undefined, at: entry.at, digest: undefined, document, state: "erased" });
  else erase(effects, document, key);
  keys.partsOf(target).forEach((part) => erase(effects, document, part));
}

function erase(effects: Effects, document: string, key: EntryKey): void {
  if (key.state === "erased") return;
  effects.keys.put({ ...key, state: "erased", digest: undefined });
  effects.eraseDue.add(key.document);

  // What lies in another segment is deleted there by the job that `eraseDue` calls.
  if (key.document === document && key.position !== undefined) effects.erased.push(key.position);
}

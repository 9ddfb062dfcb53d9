import type { Author } from "#shared/documents/names.ts";
import { keyOf, type Ref } from "#shared/entries/kind.ts";
import type { EntryId } from "#shared/ids.ts";

import type { Position } from "./update.ts";

/** What is known for ever about an entry that was accepted, or whose id an early retraction took. */
export interface EntryKey {
  readonly author: Author;
  readonly id: EntryId;
  /** Undefined where only its retraction ever arrived. */
  readonly kind: string | undefined;
  readonly at: number;
  /** Keyed hash of the value; undefined once it is erased. */
  readonly digest: string | undefined;
  /** The entry that this one is erased with. */
  readonly partOf?: Ref | undefined;
  readonly stateKey?: string | undefined;
  readonly document: string;
  readonly position?: Position | undefined;
  readonly state: "present" | "erased";
}

/** The keys of one channel that a judgement may ask for, with what it adds on top. */
export interface Keys {
  find(author: Author, id: EntryId): EntryKey | undefined;
  /** What is erased together with this entry. */
  partsOf(of: Ref): readonly EntryKey[];
  stateHolder(author: Author, stateKey: string): EntryKey | undefined;
  put(key: EntryKey): void;
  /** A layer on top: what is put there shows there only, until it is adopted. */
  fork(): Keys;
  adopt(): void;
  /** What was put into this layer. */
  changes(): readonly EntryKey[];
}

const nothing: Pick<Keys, "find" | "partsOf" | "stateHolder" | "put"> = {
  find: () => undefined,
  partsOf: () => [],
  stateHolder: () => undefined,
  put: () => undefined,
};

/** Keys over an older layer; the newer word about an entry counts. */
export function createKeys(below: Pick<Keys, "find" | "partsOf" | "stateHolder" | "put"> = nothing): Keys {
  const own = new Map<string, EntryKey>();
  const newest = (key: EntryKey): EntryKey => own.get(keyOf(key.author, key.id)) ?? key;
  const present = (key: EntryKey): boolean => key.state === "present";
  const ownWhere = (matches: (key: EntryKey) => boolean): EntryKey[] => [...own.values()].filter(matches);

  const keys: Keys = {
    find: (author, id) => own.get(keyOf(author, id)) ?? below.find(author, id),
    partsOf(of) {
      const mine = ownWhere((key) => key.partOf?.id === of.id && key.partOf.author === of.author);
      const older = below.partsOf(of).filter((key) => !own.has(keyOf(key.author, key.id)));
      return [...older, ...mine].map(newest).filter(present);
    },
    stateHolder(author, stateKey) {
      const mine = ownWhere((key) => key.author === author && key.stateKey === stateKey).find(present);
      const older = below.stateHolder(author, stateKey);
      return mine ?? (older === undefined || !present(newest(older)) ? undefined : older);
    },
    put: (key) => void own.set(keyOf(key.author, key.id), key),
    fork: () => createKeys(keys),
    adopt: () => own.forEach((key) => below.put(key)),
    changes: () => [...own.values()],
  };
  return keys;
}

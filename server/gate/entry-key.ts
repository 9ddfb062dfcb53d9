import type { Author } from "#shared/documents/names.ts";
import { keyOf, keyOfRef, type Ref } from "#shared/entries/kind.ts";
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
  /** The same, by the name that `keyOf` makes: made once, however many layers are asked. */
  named(name: string): EntryKey | undefined;
  /** What is erased together with this entry. */
  partsOf(of: Ref): readonly EntryKey[];
  stateHolder(author: Author, stateKey: string): EntryKey | undefined;
  /** `name` is the key's own, where it is at hand. */
  put(key: EntryKey, name?: string): void;
  /** A layer on top: what is put there shows there only, until it is adopted. */
  fork(): Keys;
  adopt(): void;
  /** What was put into this layer. */
  changes(): readonly EntryKey[];
}

type Below = Pick<Keys, "named" | "partsOf" | "stateHolder" | "put">;

const nothing: Below = {
  named: () => undefined,
  partsOf: () => [],
  stateHolder: () => undefined,
  put: () => undefined,
};

/** Keys over an older layer; the newer word about an entry counts. */
export function createKeys(below: Below = nothing): Keys {
  const own = new Map<string, EntryKey>();
  const parts = createIndex(({ partOf }) => partOf && keyOfRef(partOf));
  const states = createIndex(({ author, stateKey }) => (stateKey === undefined ? undefined : `${author} ${stateKey}`));
  const isOwn = (key: EntryKey): boolean => own.has(keyOf(key.author, key.id));

  const keys: Keys = {
    find: (author, id) => keys.named(keyOf(author, id)),
    named: (name) => own.get(name) ?? below.named(name),
    partsOf: (of) => [...below.partsOf(of).filter((key) => !isOwn(key)), ...parts.at(keyOfRef(of))],
    stateHolder(author, stateKey) {
      const [mine] = states.at(`${author} ${stateKey}`);
      const older = mine === undefined ? below.stateHolder(author, stateKey) : undefined;
      return older === undefined || isOwn(older) ? mine : older;
    },
    put(key, name = keyOf(key.author, key.id)) {
      own.set(name, key);
      parts.put(name, key);
      states.put(name, key);
    },
    fork: () => createKeys(keys),
    adopt: () => own.forEach((key, name) => below.put(key, name)),
    changes: () => [...own.values()],
  };
  return keys;
}

/** Finds the present ones among keys by what they belong to: a batch may hold thousands that each ask for a few. */
function createIndex(groupOf: (key: EntryKey) => string | undefined) {
  let present: Map<string, Map<string, EntryKey>> | undefined;

  return {
    at: (group: string): readonly EntryKey[] => [...(present?.get(group)?.values() ?? [])],
    put(name: string, key: EntryKey): void {
      const group = groupOf(key);
      if (group === undefined) return;
      // Most layers hold one message, which belongs to nothing.
      present ??= new Map();
      const own = present.get(group) ?? new Map<string, EntryKey>();
      if (key.state === "present") present.set(group, own.set(name, key));
      else own.delete(name);
    },
  };
}

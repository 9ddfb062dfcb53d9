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
export const createKeys = (below: Below = nothing): Keys => new Layer(below);

/** A class, since every frame makes one: closures would be made anew each time. */
class Layer implements Keys {
  readonly #below: Below;
  readonly #own = new Map<string, EntryKey>();
  readonly #parts = new Index();
  readonly #states = new Index();

  constructor(below: Below) {
    this.#below = below;
  }

  find(author: Author, id: EntryId): EntryKey | undefined {
    return this.named(keyOf(author, id));
  }

  named(name: string): EntryKey | undefined {
    return this.#own.get(name) ?? this.#below.named(name);
  }

  partsOf(of: Ref): readonly EntryKey[] {
    const older = this.#below.partsOf(of).filter((key) => !this.#isOwn(key));
    return [...older, ...this.#parts.at(keyOfRef(of))];
  }

  stateHolder(author: Author, stateKey: string): EntryKey | undefined {
    const [mine] = this.#states.at(`${author} ${stateKey}`);
    const older = mine === undefined ? this.#below.stateHolder(author, stateKey) : undefined;
    return older === undefined || this.#isOwn(older) ? mine : older;
  }

  put(key: EntryKey, name = keyOf(key.author, key.id)): void {
    this.#own.set(name, key);
    if (key.partOf !== undefined) this.#parts.put(keyOfRef(key.partOf), name, key);
    if (key.stateKey !== undefined) this.#states.put(`${key.author} ${key.stateKey}`, name, key);
  }

  fork(): Keys {
    return new Layer(this);
  }

  adopt(): void {
    this.#own.forEach((key, name) => this.#below.put(key, name));
  }

  changes(): readonly EntryKey[] {
    return [...this.#own.values()];
  }

  #isOwn({ author, id }: EntryKey): boolean {
    return this.#own.has(keyOf(author, id));
  }
}

/** Finds the present ones among keys by what they belong to: a batch may hold thousands that each ask for a few. */
class Index {
  /** Most layers hold one message, which belongs to nothing. */
  #present: Map<string, Map<string, EntryKey>> | undefined;

  at(group: string): readonly EntryKey[] {
    return [...(this.#present?.get(group)?.values() ?? [])];
  }

  put(group: string, name: string, key: EntryKey): void {
    this.#present ??= new Map();
    const own = this.#present.get(group) ?? new Map<string, EntryKey>();
    if (key.state === "present") this.#present.set(group, own.set(name, key));
    else own.delete(name);
  }
}

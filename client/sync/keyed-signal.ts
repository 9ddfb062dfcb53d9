import { createSignal, type Signal } from "solid-js";

/** Lets readers of many things be told of those that change, and only of those. */
export interface KeyedSignal<Key> {
  readonly track: (key: Key) => void;
  readonly tell: (key: Key) => void;
}

export function createKeyedSignal<Key>(): KeyedSignal<Key> {
  const signals = new Map<Key, Signal<undefined>>();
  const signalOf = (key: Key): Signal<undefined> => {
    const signal = signals.get(key) ?? createSignal(undefined, { equals: false });
    signals.set(key, signal);
    return signal;
  };

  return {
    track: (key) => signalOf(key)[0](),
    tell: (key) => signals.get(key)?.[1](undefined),
  };
}

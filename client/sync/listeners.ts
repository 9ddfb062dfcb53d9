/** Whoever wants to be told when something happens. */
export interface Listeners<Told extends readonly unknown[]> {
  /** Answers how to stop listening. */
  add(listener: (...told: Told) => void): () => void;
  tell(...told: Told): void;
}

export function createListeners<Told extends readonly unknown[] = []>(): Listeners<Told> {
  const listeners = new Set<(...told: Told) => void>();

  return {
    add(listener) {
      // Wrapped, so that the same function may listen twice and leave once.
      const own = (...told: Told): void => listener(...told);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell: (...told) => [...listeners].forEach((listener) => listener(...told)),
  };
}

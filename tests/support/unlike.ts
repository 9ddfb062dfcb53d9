import { canonical } from "#shared/entries/value.ts";

export type Line = Readonly<Record<string, unknown>>;

/** What a table holds too much or too little, in words. A row that is there twice is named twice. */
export function unlike(table: string, expected: readonly Line[], found: readonly Line[]): readonly string[] {
  const surplus = new Map<string, number>();
  const count = (line: Line, by: number): void =>
    void surplus.set(canonical(line), (surplus.get(canonical(line)) ?? 0) + by);
  found.forEach((line) => count(line, 1));
  expected.forEach((line) => count(line, -1));
  return [...surplus].flatMap(([line, by]) =>
    Array.from({ length: Math.abs(by) }, () => `${table} ${by > 0 ? "should not hold" : "lacks"} ${line}`),
  );
}

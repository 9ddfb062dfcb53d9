/** One line of JSON for a claim, and exit status 1 where its goal is missed. */
export function report(
  figures: { readonly bench: string; readonly goal: string; readonly ok: boolean } & Readonly<Record<string, unknown>>,
): void {
  console.log(JSON.stringify(figures, (_key, value: unknown) => (typeof value === "number" ? rounded(value) : value)));
  if (!figures.ok) process.exitCode = 1;
}

const rounded = (value: number): number => Number(value.toPrecision(4));

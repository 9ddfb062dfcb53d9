/** Whether a value is what the page says of it: all that is named there, and as many of a list. */
export function matches(there: unknown, expected: unknown): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(there) &&
      there.length === expected.length &&
      expected.every((one, index) => matches(there[index], one))
    );
  if (typeof expected !== "object" || expected === null) return there === expected;

  const { count, begins } = expected as { count?: unknown; begins?: unknown };
  if (typeof count === "number") return Array.isArray(there) && there.length === count;
  if (typeof begins === "string") return typeof there === "string" && there.startsWith(begins);
  return (
    typeof there === "object" &&
    there !== null &&
    Object.entries(expected).every(([key, one]) => matches((there as Record<string, unknown>)[key], one))
  );
}

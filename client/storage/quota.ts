/** Asks the browser to keep what is stored even when the disk runs low. False: it has not promised. */
export async function askToKeep(): Promise<boolean> {
  // Not there without a secure context.
  const storage = (navigator as Partial<Navigator>).storage;
  if (storage?.persist === undefined) return false;
  return (await storage.persisted()) || (await storage.persist());
}

/** Whether a write failed because there was no room for it. */
export function isFull(problem: unknown): boolean {
  const names = [problem, (problem as { inner?: unknown } | null)?.inner].map((error) => (error as Error | null)?.name);
  return names.includes("QuotaExceededError");
}

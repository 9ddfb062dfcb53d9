/** Resolves as soon as it holds; fails the test after a while. */
export async function until(holds: () => boolean, what = "it to happen"): Promise<void> {
  const end = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Where a page ended, as a text that a client hands back unread. */
export const writeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** Undefined for nothing, and for what we did not write. */
export function readCursor(cursor: string | undefined, length: number): readonly string[] | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor ?? "", "base64url").toString());
    return Array.isArray(key) &&
      key.length === length &&
      key.every((part) => typeof part === "string" && !part.includes("\0"))
      ? key
      : undefined;
  } catch {
    return undefined;
  }
}

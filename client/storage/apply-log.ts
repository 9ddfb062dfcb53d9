import { createApplyLog } from "#shared/documents/log-reader.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const letters = new TextDecoder("latin1");

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}

/**
 * Applies an update that came from the server. A call of the browser's decoder costs more than most texts are long: it
 * reads all bytes once, and what is ASCII is cut out of that.
 */
export const applyLog = createApplyLog((bytes) => {
  const all = letters.decode(bytes);
  return (start, length) =>
    isAscii(bytes, start, start + length)
      ? all.slice(start, start + length)
      : utf8.decode(bytes.subarray(start, start + length));
});

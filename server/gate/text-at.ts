const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Up to here it is faster to look at every byte than to have them looked at. */
const SHORT = 256;
/** Names of fields and of kinds are no longer. */
const WORD = 12;
const WORDS = 256;

/** The words that were read last, each at the place that its bytes make: what every entry says is made only once. */
const words: string[] = Array.from({ length: WORDS }, () => "");

function wordIn(bytes: Buffer, start: number, length: number): string {
  let sum = length;
  for (let at = start; at < start + length; at += 1) sum = (sum * 31 + (bytes[at] as number)) & (WORDS - 1);
  const known = words[sum] as string;
  if (isAt(known, bytes, start, length)) return known;
  return (words[sum] = bytes.toString("latin1", start, start + length));
}

function isAt(text: string, bytes: Buffer, start: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let at = 0; at < length; at += 1) if (text.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}

function isAscii(bytes: Buffer, start: number, length: number): boolean {
  if (length > SHORT) return false;
  for (let at = start; at < start + length; at += 1) if ((bytes[at] as number) >= 0x80) return false;
  return true;
}

/** The text that these bytes are in UTF-8. Throws a TypeError where they are none. */
export function textAt(bytes: Buffer, start: number, length: number): string {
  if (!isAscii(bytes, start, length)) return utf8.decode(bytes.subarray(start, start + length));
  return length <= WORD ? wordIn(bytes, start, length) : bytes.toString("latin1", start, start + length);
}

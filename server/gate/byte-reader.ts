/** Bytes that are not what they should be. Caught where the reading began, never beyond. */
export class Unreadable extends Error {}

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

/** Reads lib0's primitives, strictly: nothing past the end, no number beyond 2^53, no broken text. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Unreadable("past the end");
    this.#at += 1;
    return byte;
  }

  uint(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.#rest(first & 0x7f, 128, true);
  }

  int(): number {
    const first = this.byte();
    const size = this.#rest(first & 0x3f, 64, first >= 0x80);
    return (first & 0x40) === 0 ? size : -size;
  }

  text(): string {
    const length = this.count();
    const start = this.#take(length);
    if (!isAscii(this.#bytes, start, length)) return this.#decoded(start, length);
    return length <= WORD ? wordIn(this.#bytes, start, length) : this.#bytes.toString("latin1", start, start + length);
  }

  float32(): number {
    return this.#bytes.readFloatBE(this.#take(4));
  }

  float64(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  /** A count of things that take at least one byte each. */
  count(): number {
    const length = this.uint();
    if (length > this.#bytes.length - this.#at) throw new Unreadable("past the end");
    return length;
  }

  done(): boolean {
    return this.#at === this.#bytes.length;
  }

  #take(length: number): number {
    if (length > this.#bytes.length - this.#at) throw new Unreadable("past the end");
    this.#at += length;
    return this.#at - length;
  }

  /** The rest of a number whose first bits are known, seven bits a byte, lowest first. */
  #rest(low: number, weight: number, more: boolean): number {
    let value = low;
    for (let factor = weight, next = more; next; factor *= 128) {
      // Bits beyond 2^53 are too many even where they are all zero.
      if (factor > Number.MAX_SAFE_INTEGER) throw new Unreadable("number too long");
      const bits = this.byte();
      value += (bits & 0x7f) * factor;
      next = bits >= 0x80;
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable("number too large");
    }
    return value;
  }

  #decoded(start: number, length: number): string {
    try {
      return utf8.decode(this.#bytes.subarray(start, start + length));
    } catch {
      throw new Unreadable("broken text");
    }
  }
}

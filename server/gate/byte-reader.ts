/** Bytes that are not what they should be. Caught where the reading began, never beyond. */
export class Unreadable extends Error {}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Names and ids: reading these by hand is faster than to call the decoder. */
const SHORT = 32;

/** Undefined where a byte is not ASCII. */
function asciiIn(bytes: Uint8Array, start: number, length: number): string | undefined {
  let text = "";
  for (let at = start; at < start + length; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

/** Reads lib0's primitives, strictly: nothing past the end, no number beyond 2^53, no broken text. */
export interface ByteReader {
  byte(): number;
  uint(): number;
  int(): number;
  text(): string;
  float32(): number;
  float64(): number;
  /** A count of things that take at least one byte each. */
  count(): number;
  done(): boolean;
}

export function createByteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const take = (length: number): number => {
    if (length > bytes.length - at) throw new Unreadable("past the end");
    at += length;
    return at - length;
  };
  const byte = (): number => bytes[take(1)] as number;

  /** The rest of a number whose first bits are known, seven bits a byte, lowest first. */
  const rest = (low: number, weight: number, more: boolean): number => {
    let value = low;
    for (let factor = weight, next = more; next; factor *= 128) {
      // Bits beyond 2^53 are too many even where they are all zero.
      if (factor > Number.MAX_SAFE_INTEGER) throw new Unreadable("number too long");
      const bits = byte();
      value += (bits & 0x7f) * factor;
      next = bits >= 0x80;
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable("number too large");
    }
    return value;
  };
  const uint = (): number => {
    const first = byte();
    return first < 0x80 ? first : rest(first & 0x7f, 128, true);
  };
  const bounded = (): number => {
    const length = uint();
    if (length > bytes.length - at) throw new Unreadable("past the end");
    return length;
  };

  return {
    byte,
    uint,
    int() {
      const first = byte();
      const size = rest(first & 0x3f, 64, first >= 0x80);
      return (first & 0x40) === 0 ? size : -size;
    },
    text() {
      const length = bounded();
      const start = take(length);
      const ascii = length <= SHORT ? asciiIn(bytes, start, length) : undefined;
      if (ascii !== undefined) return ascii;
      try {
        return utf8.decode(bytes.subarray(start, start + length));
      } catch {
        throw new Unreadable("broken text");
      }
    },
    float32: () => view.getFloat32(take(4)),
    float64: () => view.getFloat64(take(8)),
    count: bounded,
    done: () => at === bytes.length,
  };
}

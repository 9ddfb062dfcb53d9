import { textAt } from "./text-at.ts";

/** Bytes that are not what they should be. Caught where the reading began, never beyond. */
export class Unreadable extends Error {}

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
    try {
      return textAt(this.#bytes, start, length);
    } catch {
      throw new Unreadable("broken text");
    }
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
}

import { readUint8, readVarUint, type Decoder } from "lib0/decoding";
import { applyUpdateV2, UpdateDecoderV1, type Doc } from "yjs";

const OBJECT = 118;
const TEXT = 119;

/** The text that lies at a place in some bytes, in UTF-8. Throws where there is none. */
export type TextReader = (start: number, length: number) => string;

/**
 * `applyUpdate` for updates that the server has encoded, with a faster reader: nearly all that a log holds are small
 * objects with short texts, and lib0 has each of them, and each name of a field, decoded by a call of its own.
 */
export function createApplyLog(
  textsIn: (bytes: Uint8Array) => TextReader,
): (doc: Doc, update: Uint8Array, origin?: unknown) => void {
  class LogDecoder extends UpdateDecoderV1 {
    readonly #textAt: TextReader;

    constructor(decoder: Decoder) {
      super(decoder);
      this.#textAt = textsIn(decoder.arr);
    }

    override readString(): string {
      const length = readVarUint(this.restDecoder);
      const { pos: start, arr } = this.restDecoder;
      if (length > arr.length - start) throw new RangeError("a text that goes on after the end");
      this.restDecoder.pos += length;
      return this.#textAt(start, length);
    }

    override readAny(): unknown {
      const tag = readUint8(this.restDecoder);
      if (tag === TEXT) return this.readString();
      if (tag === OBJECT) return this.#readObject();
      this.restDecoder.pos -= 1;
      return super.readAny();
    }

    #readObject(): Record<string, unknown> {
      const object: Record<string, unknown> = {};
      for (let left = readVarUint(this.restDecoder); left > 0; left -= 1) {
        const key = this.readString();
        object[key] = this.readAny();
      }
      return object;
    }
  }

  return (doc, update, origin) => applyUpdateV2(doc, update, origin, LogDecoder);
}

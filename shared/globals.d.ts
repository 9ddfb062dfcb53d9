/** Of what browsers and Node share beyond the language, the little that this folder needs. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

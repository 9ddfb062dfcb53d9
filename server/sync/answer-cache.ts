/** Answers to the step 1 of one version of a document: after a restart everybody asks the same. */
export interface AnswerCache {
  /** What it keeps, in bytes. */
  readonly bytes: number;
  /** The same question is answered with the same bytes, as long as there is room to keep them. */
  answer(stateVector: Uint8Array, encode: () => Uint8Array): Uint8Array;
}

/** A document holds about as much: whoever asks for all of it in a thousand ways does not make it heavier. */
const MAX_BYTES = 1024 * 1024;
const MAX_ANSWERS = 16;

export function createAnswerCache(): AnswerCache {
  const kept = new Map<string, Uint8Array>();
  let bytes = 0;

  return {
    get bytes() {
      return bytes;
    },
    answer(stateVector, encode) {
      const key = Buffer.from(stateVector).toString("latin1");
      const answer = kept.get(key) ?? encode();
      const weight = key.length + answer.length;
      if (kept.has(key) || kept.size >= MAX_ANSWERS || bytes + weight > MAX_BYTES) return answer;
      kept.set(key, answer);
      bytes += weight;
      return answer;
    },
  };
}

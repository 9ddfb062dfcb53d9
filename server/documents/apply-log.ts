import { createApplyLog } from "#shared/documents/log-reader.ts";
import { textAt } from "#server/gate/text-at.ts";

/** Applies an update that we encoded ourselves. */
export const applyLog = createApplyLog(({ buffer, byteOffset, byteLength }) => {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return (start, length) => textAt(bytes, start, length);
});

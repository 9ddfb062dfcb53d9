import { MAX_BODY, MAX_ENTRY_BYTES } from "#shared/entries/limits.ts";

/** What an entry holds beside its text. */
const AROUND = 4_096;
const encoder = new TextEncoder();

/** The text as it may be saved: well-formed, without the sign that no database can keep, without empty edges. */
export const cleanBody = (text: string): string => text.toWellFormed().replaceAll("\0", "").trim();

export type Length =
  | { readonly kind: "fits"; readonly left: number }
  | { readonly kind: "too-long"; readonly over: number };

/** Whether a text fits into one message. Signs of other scripts take more room, so that both are counted. */
export function lengthOf(text: string): Length {
  const body = cleanBody(text);
  const bytes = encoder.encode(JSON.stringify(body)).length;
  const perSign = body.length === 0 ? 1 : bytes / body.length;
  const left = Math.floor(Math.min(MAX_BODY - body.length, (MAX_ENTRY_BYTES - AROUND - bytes) / perSign));
  return left >= 0 ? { kind: "fits", left } : { kind: "too-long", over: -left };
}

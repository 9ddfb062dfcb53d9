import { MessageType } from "@hocuspocus/server";
import { createDecoder, readVarString, readVarUint } from "lib0/decoding";
import { createEncoder, toUint8Array, writeUint8Array, writeVarString, writeVarUint } from "lib0/encoding";
import { writePermissionDenied } from "y-protocols/auth";

/** The messages of y-websocket. Those of Hocuspocus are the same and more, with the document's name in front. */
export const SYNC = 0;
export const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;

/** What Hocuspocus' messages of authentication begin with; y-protocols counts otherwise. */
const TOKEN = 0;
const DENIED = 1;

/** Asks a client whom it believes to be here. */
export const WHO_IS_HERE = Uint8Array.of(QUERY_AWARENESS);

/** Says that something was not allowed, and why. */
export function denial(reason: string): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, AUTH);
  writePermissionDenied(encoder, reason);
  return toUint8Array(encoder);
}

/** A client's message, as Hocuspocus wants it. */
export function addressed(document: string, message: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarString(encoder, document);
  writeUint8Array(encoder, message);
  return toUint8Array(encoder);
}

/** What a client of Hocuspocus would say to attach a document. */
export function attaching(document: string): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, MessageType.Auth);
  writeVarUint(encoder, TOKEN);
  writeVarString(encoder, "");
  return addressed(document, toUint8Array(encoder));
}

/** What Hocuspocus says, as far as it concerns a client that knows nothing but Yjs. */
export type Heard =
  | { readonly kind: "sync"; readonly message: Uint8Array }
  | { readonly kind: "detached"; readonly reason: string };

/** Undefined for what such a client need not know: answers, notices, awareness. */
export function hear(bytes: Uint8Array): Heard | undefined {
  const decoder = createDecoder(bytes);
  readVarString(decoder);
  const message = bytes.subarray(decoder.pos);
  const type = readVarUint(decoder);

  if (type === MessageType.Sync) return { kind: "sync", message };
  if (type === MessageType.CLOSE) return { kind: "detached", reason: readVarString(decoder) };
  const isDenied = type === MessageType.Auth && readVarUint(decoder) === DENIED;
  return isDenied ? { kind: "detached", reason: readVarString(decoder) } : undefined;
}

import { writeAny, writeUint8, writeVarString, writeVarUint, type Encoder } from "lib0/encoding";

import type { Position } from "../update.ts";
import { writeStructs } from "../write-update.ts";
import type { PageContent, PageStruct, PageUpdate } from "./page-update.ts";

/** Encodes an update (v1) of a page that Yjs reads. Every row of the journal is made here, never of a client's bytes. */
export const writePageUpdate = ({ structs, deletes }: PageUpdate): Uint8Array =>
  writeStructs(structs, deletes, writeStruct);

const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_PARENT_SUB = 0x20;
const REFS = { gone: 0, deleted: 1, text: 4, format: 6, element: 7, run: 7, value: 8 } as const satisfies Record<
  PageContent["kind"],
  number
>;
const XML_ELEMENT = 3;
const XML_TEXT = 6;

function writeStruct(encoder: Encoder, struct: PageStruct): void {
  const { content, length, origin, rightOrigin, sub } = struct;
  if (content.kind === "gone") {
    writeUint8(encoder, REFS.gone);
    return writeVarUint(encoder, length);
  }
  writeUint8(
    encoder,
    REFS[content.kind] |
      (origin === undefined ? 0 : HAS_ORIGIN) |
      (rightOrigin === undefined ? 0 : HAS_RIGHT_ORIGIN) |
      (sub === undefined ? 0 : HAS_PARENT_SUB),
  );
  if (origin !== undefined) writePosition(encoder, origin);
  if (rightOrigin !== undefined) writePosition(encoder, rightOrigin);
  if (origin === undefined && rightOrigin === undefined) writeParent(encoder, struct);
  writeContent(encoder, content, length);
}

function writePosition(encoder: Encoder, { client, clock }: Position): void {
  writeVarUint(encoder, client);
  writeVarUint(encoder, clock);
}

function writeParent(encoder: Encoder, { parent, sub }: PageStruct): void {
  writeVarUint(encoder, typeof parent === "string" ? 1 : 0);
  if (typeof parent === "string") writeVarString(encoder, parent);
  else writePosition(encoder, parent as Position);
  if (sub !== undefined) writeVarString(encoder, sub);
}

function writeContent(encoder: Encoder, content: PageContent, length: number): void {
  if (content.kind === "deleted") writeVarUint(encoder, length);
  if (content.kind === "text") writeVarString(encoder, content.text);
  if (content.kind === "format") {
    writeVarString(encoder, content.key);
    writeVarString(encoder, JSON.stringify(content.value));
  }
  if (content.kind === "run") writeVarUint(encoder, XML_TEXT);
  if (content.kind === "element") {
    writeVarUint(encoder, XML_ELEMENT);
    writeVarString(encoder, content.name);
  }
  if (content.kind === "value") {
    writeVarUint(encoder, 1);
    writeAny(encoder, content.value as never);
  }
}

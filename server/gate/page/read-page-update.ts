import type { Result } from "#shared/result.ts";

import { Unreadable, type ByteReader } from "../byte-reader.ts";
import {
  atLeastOne,
  inRange,
  readClient,
  readDeletes,
  readPosition,
  readWhole,
  TooMany,
  type UnreadableUpdate,
} from "../read-update.ts";
import { readValues } from "../read-value.ts";
import type { PageContent, PageStruct, PageUpdate } from "./page-update.ts";

/** Of an update and of a step 2 alike: what was edited without a network comes in few pieces. */
const MAX_PAGE_FRAME_BYTES = 256 * 1024;
const MAX_PAGE_FRAME_STRUCTS = 8_000;
/** Each is a round in which what it depends on is looked for. */
const MAX_PAGE_FRAME_CLIENTS = 64;
const MAX_FORMAT = 4_096;

const CONTENT = 0x1f;
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_PARENT_SUB = 0x20;
const CONTENT_GC = 0;
const CONTENT_DELETED = 1;
const CONTENT_STRING = 4;
const CONTENT_FORMAT = 6;
const CONTENT_TYPE = 7;
const CONTENT_ANY = 8;
const TYPE_XML_ELEMENT = 3;
const TYPE_XML_TEXT = 6;

/**
 * Reads a Yjs update (v1) of a page with work and memory linear in its bytes, before Yjs sees any of it. No documents
 * within the document, no embeds, no types but elements and words, no bytes, no skips.
 */
export const readPageUpdate = (bytes: Uint8Array): Result<PageUpdate, UnreadableUpdate> =>
  readWhole(bytes, MAX_PAGE_FRAME_BYTES, (reader) => ({ structs: readStructs(reader), deletes: readDeletes(reader) }));

function readStructs(reader: ByteReader): PageStruct[] {
  const structs: PageStruct[] = [];
  const seen = new Set<number>();
  const clients = reader.count();
  if (clients > MAX_PAGE_FRAME_CLIENTS) throw new TooMany("too many clientIDs");
  for (let left = clients; left > 0; left -= 1) readClientStructs(reader, structs, seen);
  return structs;
}

function readClientStructs(reader: ByteReader, structs: PageStruct[], seen: Set<number>): void {
  const count = reader.count();
  if (structs.length + count > MAX_PAGE_FRAME_STRUCTS) throw new TooMany("too many structs");
  const client = readClient(reader, seen);
  let clock = reader.uint();
  for (let left = count; left > 0; left -= 1) {
    const struct = readStruct(reader, client, clock);
    structs.push(struct);
    clock = inRange(clock + struct.length);
  }
}

function readStruct(reader: ByteReader, client: number, clock: number): PageStruct {
  const info = reader.byte();
  if ((info & CONTENT) === CONTENT_GC)
    return { client, clock, length: atLeastOne(inRange(reader.uint())), content: { kind: "gone" } };

  const origin = (info & HAS_ORIGIN) === 0 ? undefined : readPosition(reader);
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) === 0 ? undefined : readPosition(reader);
  const saysWhere = origin === undefined && rightOrigin === undefined;
  const parent = saysWhere ? readParent(reader) : undefined;
  const sub = saysWhere && (info & HAS_PARENT_SUB) !== 0 ? reader.text() : undefined;
  return { client, clock, origin, rightOrigin, parent, sub, ...readContent(reader, info & CONTENT) };
}

const readParent = (reader: ByteReader): string | PageStruct["origin"] =>
  reader.uint() === 1 ? reader.text() : readPosition(reader);

function readContent(reader: ByteReader, content: number): { readonly length: number; readonly content: PageContent } {
  if (content === CONTENT_DELETED) return { length: atLeastOne(inRange(reader.uint())), content: { kind: "deleted" } };
  if (content === CONTENT_STRING) {
    const text = reader.text();
    return { length: atLeastOne(text.length), content: { kind: "text", text } };
  }
  if (content === CONTENT_FORMAT) return { length: 1, content: readFormat(reader) };
  if (content === CONTENT_TYPE) return { length: 1, content: readType(reader) };
  if (content !== CONTENT_ANY || reader.count() !== 1) throw new Unreadable(`content ${content}`);
  return { length: 1, content: { kind: "value", value: readValues(reader, 1)[0] } };
}

function readFormat(reader: ByteReader): PageContent {
  const key = reader.text();
  const json = reader.text();
  if (json.length > MAX_FORMAT) throw new Unreadable("a long mark");
  try {
    return { kind: "format", key, value: JSON.parse(json) as unknown };
  } catch {
    throw new Unreadable("a mark that is no JSON");
  }
}

function readType(reader: ByteReader): PageContent {
  const type = reader.uint();
  if (type === TYPE_XML_TEXT) return { kind: "run" };
  if (type !== TYPE_XML_ELEMENT) throw new Unreadable(`type ${type}`);
  return { kind: "element", name: reader.text() };
}

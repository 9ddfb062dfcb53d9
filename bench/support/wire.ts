import { writeVarString } from "lib0/encoding";
import { ulid } from "ulid";
import { Doc } from "yjs";

import { logName } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { message, syncMessage, TYPE } from "#tests/attack/support/wire.ts";

/** A message of a conversation carries its number, so that it is found in an update without reading that. */
const MARK = Buffer.from("~~");
const DIGITS = 8;
const STEP_2 = 1;
const UPDATE = 2;

/** What a client says to a document, each time the next message of its log. */
export function createSpeaker(person: MemberId, document: string): (number: number, at: number) => Uint8Array {
  const doc = new Doc();
  let said: Uint8Array = new Uint8Array();
  doc.on("update", (update: Uint8Array) => (said = update));
  return (number, at) => {
    const body = `how do I get the sound card to work after the upgrade of last night? ~~${String(number).padStart(DIGITS, "0")}`;
    doc.getArray(logName(person)).push([{ id: ulid(at), at, kind: "message", body }]);
    return syncMessage(document, UPDATE, said);
  };
}

const NOTHING = Uint8Array.of(0, 0);

/** How a client answers the server's first step 1 when it has nothing of its own. */
export const emptyStep2 = (document: string): Uint8Array => syncMessage(document, STEP_2, NOTHING);

/** What a client says to show that it is still there. */
export const stillHere = (document: string): Uint8Array =>
  message(document, TYPE.stateless, (encoder) => writeVarString(encoder, '{"type":"pong"}'));

/** What the server says, told apart by its first bytes: a document's name is shorter than 128. */
export type Kind = "step2" | "update" | "refused" | "other";

export function kindOf(bytes: Buffer): Kind {
  const type = bytes[1 + (bytes[0] as number)];
  const step = bytes[2 + (bytes[0] as number)];
  if (type === TYPE.sync || type === TYPE.syncReply)
    return step === UPDATE ? "update" : step === STEP_2 ? "step2" : "other";
  return type === TYPE.stateless && bytes.includes('"refused"') ? "refused" : "other";
}

/** The numbers of all messages in an update: a server may put several into one. */
export function eachNumber(bytes: Buffer, found: (number: number) => void): void {
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + DIGITS)) {
    found(Number(bytes.toString("latin1", at + MARK.length, at + MARK.length + DIGITS)));
  }
}

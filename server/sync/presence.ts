import type { Connection, Document } from "@hocuspocus/server";

import type { MemberId } from "#shared/ids.ts";
import type { ServerMessage } from "#shared/protocol/stateless.ts";

import { personAt, tell, tellAll } from "./peer.ts";

/** Who is here and who is writing, told in counts with a few names, at most once a second for each document. */
export interface Presence {
  joined(connection: Connection, document: Document): void;
  left(document: Document): void;
  typing(document: Document, person: MemberId, on: boolean): void;
  close(): void;
}

const PAUSE = 1_000;
/** Somebody who stopped without saying so is forgotten after this. */
const TYPING_FOR = 6_000;
const NAMES = 30;

interface Room {
  readonly typingUntil: Map<MemberId, number>;
  last: string;
}

export function createPresence(now: () => number = Date.now): Presence {
  const rooms = new Map<Document, Room>();
  const due = new Set<Document>();
  const timer = setInterval(flush, PAUSE).unref();

  const roomOf = (document: Document): Room => {
    const room = rooms.get(document) ?? { typingUntil: new Map(), last: "" };
    rooms.set(document, room);
    return room;
  };

  function present(document: Document): ServerMessage {
    const people = [...new Set(document.getConnections().map(personAt))];
    const typing = [...roomOf(document).typingUntil].filter(([, until]) => until > now()).map(([person]) => person);
    return {
      type: "presence",
      document: document.name,
      online: people.length,
      some: people.slice(0, NAMES),
      typing: typing.slice(0, NAMES),
    };
  }

  function flush(): void {
    for (const document of due) {
      const message = present(document);
      const room = roomOf(document);
      if (message.type === "presence" && message.typing.length === 0) due.delete(document);
      const text = JSON.stringify(message);
      if (text !== room.last) tellAll(document, message);
      room.last = text;
      if (document.getConnectionsCount() === 0) rooms.delete(document);
    }
  }

  return {
    joined(connection, document) {
      tell(connection, present(document));
      due.add(document);
    },
    left: (document) => void due.add(document),
    typing(document, person, on) {
      if (on) roomOf(document).typingUntil.set(person, now() + TYPING_FOR);
      else roomOf(document).typingUntil.delete(person);
      due.add(document);
    },
    close: () => clearInterval(timer),
  };
}

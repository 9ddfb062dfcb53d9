import type { Doc } from "yjs";

import type { ClientMessage, ServerMessage } from "#shared/protocol/stateless.ts";

import type { Line, Socket } from "./line.ts";

/** A document that shall be on the socket whenever there is one. */
export interface Attachment {
  readonly document: string;
  /** The lower, the earlier. */
  readonly rank: number;
  readonly doc: () => Doc;
  readonly synced: (line: Line) => void;
  readonly heard: (message: ServerMessage) => void;
  /** The connection to this document is over, for whatever reason. */
  readonly lost: () => void;
  /** The server refuses it, or serves it no longer, while the socket is well. */
  readonly refused: () => void;
}

/** Brings documents onto a socket, the important ones first, and few at a time. */
export interface Attachments {
  readonly add: (attachment: Attachment) => () => void;
  /** Asks once more for a document that was refused. */
  readonly retry: (document: string) => void;
  readonly say: (document: string, message: ClientMessage) => void;
  /** The socket is open and proven. */
  readonly start: (socket: Socket) => void;
  readonly stop: () => void;
}

/** More than a hundred at once would make the server close the socket. */
const AT_ONCE = 50;

export function createAttachments(): Attachments {
  const wanted = new Map<string, Attachment>();
  const lines = new Map<string, Line>();
  const pending = new Set<string>();
  /** Refused on this connection: asked for again only when somebody says so. */
  const held = new Set<string>();
  let socket: Socket | undefined;

  function fill(): void {
    const next = [...wanted.values()]
      .filter(({ document }) => !lines.has(document) && !held.has(document))
      .toSorted((a, b) => a.rank - b.rank);
    for (const attachment of next.slice(0, Math.max(0, AT_ONCE - pending.size))) open(attachment);
  }

  function open(attachment: Attachment): void {
    if (socket === undefined) return;
    const { document } = attachment;
    pending.add(document);
    const line = socket.openLine(document, attachment.doc(), {
      synced() {
        if (!pending.delete(document)) return;
        attachment.synced(line);
        fill();
      },
      heard: attachment.heard,
      ended() {
        drop(document);
        held.add(document);
        attachment.lost();
        attachment.refused();
        fill();
      },
    });
    lines.set(document, line);
  }

  function drop(document: string): void {
    pending.delete(document);
    lines.get(document)?.close();
    lines.delete(document);
  }

  return {
    add(attachment) {
      wanted.set(attachment.document, attachment);
      fill();
      return () => {
        wanted.delete(attachment.document);
        held.delete(attachment.document);
        if (!lines.has(attachment.document)) return;
        drop(attachment.document);
        attachment.lost();
        fill();
      };
    },
    retry(document) {
      held.delete(document);
      fill();
    },
    say: (document, message) => lines.get(document)?.say(message),
    start(next) {
      socket = next;
      fill();
    },
    stop() {
      socket = undefined;
      held.clear();
      [...lines.keys()].forEach((document) => {
        drop(document);
        wanted.get(document)?.lost();
      });
    },
  };
}

import type { Connection, Document } from "@hocuspocus/server";
import type { Kysely } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Carets as CaretsMessage, ClientMessage } from "#shared/protocol/stateless.ts";
import type { Database } from "#server/database/types.ts";
import { readStandings } from "#server/documents/standing.ts";

import { personAt, tell, tellAll } from "./peer.ts";

type CaretMessage = Extract<ClientMessage, { readonly type: "caret" }>;

/** Where people write on pages. Nobody can say who they are: the caret of a device is its person's. */
export interface Carets {
  joined(connection: Connection, document: Document): void;
  said(connection: Connection, document: Document, caret: CaretMessage): void;
  left(connection: Connection, document: Document): void;
  close(): void;
}

/** Carets move with every letter; they are told this often, in ms. */
const CARET_PAUSE = 200;
/** More would cover what they stand in. */
const MAX_CARETS = 50;
/** Whoever could write a moment ago need not be asked about again, in ms. */
const CARET_RIGHT = 10_000;

type Caret = CaretsMessage["carets"][number];

export function createCarets(
  mayWrite: (person: MemberId, document: string) => Promise<boolean>,
  failed: (error: unknown) => void,
): Carets {
  const byDocument = new Map<Document, Map<Connection, Caret>>();
  const rights = new WeakMap<Connection, { readonly until: number; readonly may: Promise<boolean> }>();
  const due = new Set<Document>();
  const timer = setInterval(flush, CARET_PAUSE).unref();

  function message(document: Document): CaretsMessage {
    return { type: "carets", document: document.name, carets: [...(byDocument.get(document)?.values() ?? [])] };
  }

  function flush(): void {
    for (const document of due) tellAll(document, message(document));
    due.clear();
  }

  function mayAt(connection: Connection, document: Document): Promise<boolean> {
    const known = rights.get(connection);
    if (known !== undefined && known.until > Date.now()) return known.may;
    const may = mayWrite(personAt(connection), document.name);
    rights.set(connection, { may, until: Date.now() + CARET_RIGHT });
    return may;
  }

  function remove(connection: Connection, document: Document): void {
    const own = byDocument.get(document);
    if (own?.delete(connection) !== true) return;
    if (own.size === 0) byDocument.delete(document);
    due.add(document);
  }

  async function place(connection: Connection, document: Document, { client, at }: CaretMessage): Promise<void> {
    if (at === undefined) return remove(connection, document);
    if (!(await mayAt(connection, document)) || !document.hasConnection(connection)) return;
    const own = byDocument.get(document) ?? new Map<Connection, Caret>();
    if (own.size >= MAX_CARETS && !own.has(connection)) return;
    byDocument.set(document, own.set(connection, { client, person: personAt(connection), at }));
    due.add(document);
  }

  return {
    joined(connection, document) {
      if (byDocument.has(document)) tell(connection, message(document));
    },
    said: (connection, document, caret) => void place(connection, document, caret).catch(failed),
    left: remove,
    close: () => clearInterval(timer),
  };
}

/** Whether somebody may edit a page now. */
export async function mayEditPage(db: Kysely<Database>, person: MemberId, name: string): Promise<boolean> {
  const place = parseDocumentName(name);
  if (place?.kind !== "page") return false;
  const { actor, target } = (await readStandings(db, [{ person, place }], false))({ person, place });
  return can(actor, "page.edit", target);
}

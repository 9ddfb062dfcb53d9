import type { Connection, Document } from "@hocuspocus/server";
import type { Kysely } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";

import { NotAdmitted, readable } from "./admission.ts";
import type { Attachments } from "./attachments.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import type { Serving } from "./guarded.ts";
import type { Homes } from "./homes.ts";
import type { Library } from "./library.ts";
import type { Peer, PeerContext } from "./peer.ts";
import type { Presence } from "./presence.ts";

export interface ServingDependencies {
  readonly db: Kysely<Database>;
  readonly library: Library;
  readonly attachments: Attachments;
  readonly homes: Homes;
  readonly presence: Presence;
  readonly doorkeeper: Doorkeeper;
  readonly charge: (peer: Peer, cost: number) => void;
}

/** What it costs to let somebody in, in the coin of `Pace`. */
const ATTACHING = 8 * 1024;

/** Lets people into documents, loads these, and keeps account of who is where. */
export function createServing(deps: ServingDependencies): Serving {
  const { db, library, attachments, homes, presence, doorkeeper, charge } = deps;

  function arrive(connection: Connection): void {
    const { document } = connection;
    const isHome = parseDocumentName(document.name)?.kind === "user";
    if (!document.hasConnection(connection)) return;
    const refused = attachments.add(connection);
    if (refused !== undefined) return connection.close({ code: 4400, reason: refused });
    if (isHome) homes.joined(connection);
    else presence.joined(connection, document);
    connection.onClose(() => leave(connection, document, isHome));
  }

  function leave(connection: Connection, document: Document, isHome: boolean): void {
    attachments.remove(connection);
    if (isHome) homes.left(connection);
    else presence.left(document);
  }

  return {
    extensionName: "folkmoot",
    async onAuthenticate({ documentName, token, context }): Promise<PeerContext> {
      const heard = doorkeeper.heard();
      const peer = await context.identify(token);
      if (peer === undefined) throw new NotAdmitted("signed-out");
      charge(peer, ATTACHING);
      const allowed = await readable(db, peer.session.person, [documentName]);
      if (!allowed.has(documentName)) throw new NotAdmitted("not-a-member");
      return { peer, heard };
    },
    async onLoadDocument({ document, documentName }) {
      try {
        if ((await library.open(documentName, document)) === undefined) throw new NotAdmitted("not-a-member");
      } catch (error) {
        // Hocuspocus forgets it, and its timer would keep it for ever.
        document.destroy();
        throw error;
      }
    },
    async connected({ connection, context }) {
      arrive(connection);
      if (context.heard !== doorkeeper.heard()) await doorkeeper.review(connection);
    },
  };
}

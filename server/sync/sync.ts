import type { IncomingMessage, Server } from "node:http";
import { setTimeout } from "node:timers/promises";

import { Hocuspocus, type Connection, type Document } from "@hocuspocus/server";
import type { Kysely } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import { listen } from "#server/database/listen.ts";
import type { Database } from "#server/database/types.ts";
import { createAllowances } from "#server/documents/allowances.ts";
import { createCommitter, type Committer } from "#server/documents/committer.ts";
import type { Doorbell } from "#server/documents/doorbell.ts";
import { createPens } from "#server/documents/pens.ts";
import type { JournalRow } from "#server/documents/task.ts";

import { ACTIVITY, createAnnouncer, parseActivity, readableChannels } from "./activity.ts";
import { NotAdmitted, readable } from "./admission.ts";
import { createAttachments } from "./attachments.ts";
import { takeOverMessages } from "./frames.ts";
import { guarded, type Serving } from "./guarded.ts";
import { createCarets, mayEditPage } from "./carets.ts";
import { createHomes } from "./homes.ts";
import { createLibrary } from "./library.ts";
import { createPace } from "./pace.ts";
import { peerOf, personAt, tellAll, type Peer, type PeerContext, type PeerSession } from "./peer.ts";
import { createPresence } from "./presence.ts";
import { createReceiver } from "./receiver.ts";
import { anything, AUTHORITY, closeRevoked, insist, readConcerned, type Concerned } from "./rights.ts";
import { createSeats } from "./seats.ts";
import { attachSockets, type Rhythm, type SocketContext } from "./sockets.ts";
import { forgetAnswers } from "./steps.ts";
import { createVersions } from "./versions.ts";

export interface SyncDependencies {
  readonly db: Kysely<Database>;
  readonly databaseUrl: string;
  /** Where nodes tell each other of commits. */
  readonly doorbell: Doorbell;
  readonly digest: (value: unknown) => string;
  /** Who is signed in, by the request's cookie. */
  readonly findSession: (request: IncomingMessage) => Promise<PeerSession | undefined>;
  /** Whose access token it is. */
  readonly findToken: (token: string) => Promise<PeerSession | undefined>;
  readonly isSameSite: (request: IncomingMessage) => boolean;
  /** Told of every row once it is committed, and of the documents that hold something erased. */
  readonly committed: (rows: readonly JournalRow[], eraseDue: readonly string[]) => void;
  readonly failed: (error: unknown) => void;
  readonly now?: () => number;
  readonly rhythm?: Rhythm;
}

export interface Sync {
  /** The way into documents for everybody else in this process. */
  readonly committer: Committer;
  /** Serves the sockets of this HTTP server. */
  attach(server: Server): { close(): void };
  close(): Promise<void>;
}

/** Both the stock providers and the server give up after a silence: they after 30 s, it after 60. */
const BEAT = 20_000;
const PATIENCE = 10_000;
const SILENCE = 60_000;
const RHYTHM: Rhythm = { beat: BEAT, patience: PATIENCE, silence: SILENCE };
/** How soon one commit may follow another, in ms. */
const COMMITS = 16;
const REFRESH = 1_000;
/** What it costs to let somebody in, in the coin of `Pace`. */
const ATTACHING = 8 * 1024;

/** Serves documents over sockets. Everything in it is read from PostgreSQL and can be rebuilt from there. */
export async function createSync(deps: SyncDependencies): Promise<Sync> {
  const { db, failed, now = Date.now, rhythm = RHYTHM } = deps;
  const attachments = createAttachments();
  const presence = createPresence(now);
  const carets = createCarets((person, document) => mayEditPage(db, person, document), failed);
  const homes = createHomes({
    channelsOf: (person) => readableChannels(db, person),
    isAttached: attachments.has,
    failed,
    now,
    every: rhythm.beat,
  });
  const versions = createVersions(({ name, version }) => {
    const document = hocuspocus.documents.get(name);
    if (document !== undefined) tellAll(document, { type: "version", document: name, version });
  });
  const library = createLibrary(db, versions.moved, failed);

  const allowances = createAllowances(now);
  const seats = createSeats();
  const announcer = createAnnouncer(db, failed);
  const pace = createPace();
  const charge = ({ session, hold }: Peer, cost: number): void => {
    const wait = pace.spend(session.person, cost);
    if (wait > 0) hold(setTimeout(wait, undefined, { ref: false }));
  };
  const committer = createCommitter({
    db,
    digest: deps.digest,
    pens: createPens(),
    allowances,
    now,
    ring: deps.doorbell.ring,
    failed,
    rhythm: COMMITS,
    committed(rows, eraseDue) {
      library.apply(rows);
      versions.tell();
      deps.committed(rows, eraseDue);
      announcer.said(rows);
    },
  });

  const receive = createReceiver({
    committer,
    library,
    charge,
    failed,
    said(connection, document, message) {
      if (message.type === "caret") carets.said(connection, document, message);
      if (message.type === "typing") presence.typing(document, personAt(connection), message.on);
    },
  });

  takeOverMessages();
  const hocuspocus = new Hocuspocus<SocketContext>({
    quiet: true,
    timeout: rhythm.silence,
    maxPendingDocuments: 1_000,
    // What is sent before it is known who may come in is bounded by `Pace`, and by what strangers may say at all.
    maxUnauthenticatedQueueMessages: Infinity,
    extensions: [guarded(createServing(), failed)],
  });

  let heard = 0;
  const closing = new AbortController();

  function createServing(): Serving {
    return {
      extensionName: "folkmoot",
      async onAuthenticate({ documentName, token, context }): Promise<PeerContext> {
        const before = heard;
        const peer = await context.identify(token);
        if (peer === undefined) throw new NotAdmitted("signed-out");
        charge(peer, ATTACHING);
        const allowed = await readable(db, peer.session.person, [documentName]);
        if (!allowed.has(documentName)) throw new NotAdmitted("not-a-member");
        return { peer, heard: before };
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
        // A bell that rang while somebody was coming in found nobody to send away.
        if (context.heard !== heard) await revoke(anything, () => [connection]);
      },
    };
  }

  function arrive(connection: Connection): void {
    const { document } = connection;
    const isHome = parseDocumentName(document.name)?.kind === "user";
    if (!document.hasConnection(connection)) return;
    const refused = attachments.add(connection);
    if (refused !== undefined) return connection.close({ code: 4400, reason: refused });
    if (isHome) homes.joined(connection);
    else presence.joined(connection, document);
    carets.joined(connection, document);
    connection.onClose(() => leave(connection, document, isHome));
  }

  function leave(connection: Connection, document: Document, isHome: boolean): void {
    attachments.remove(connection);
    carets.left(connection, document);
    if (isHome) homes.left(connection);
    else presence.left(document);
  }

  function onAuthority(concerned: Concerned): void {
    heard += 1;
    homes.authorityChanged(concerned);
    void revoke(concerned, attachments.all);
  }

  await deps.doorbell.listen({
    heard: ({ document, version }) => void library.heard(document, version).catch(failed),
    missed: () => void library.refresh().catch(failed),
  });

  const revoke = (concerned: Concerned, connections: () => readonly Connection[]): Promise<void> =>
    insist(() => closeRevoked(db, connections(), concerned), failed, closing.signal);

  const bells = await listen(deps.databaseUrl, {
    failed,
    reconnected: () => onAuthority(anything),
    on: {
      [AUTHORITY]: (payload) => onAuthority(readConcerned(payload)),
      [ACTIVITY](payload) {
        const activity = parseActivity(payload);
        if (activity !== undefined) homes.heard(activity);
      },
    },
  });

  const refreshing = setInterval(refresh, REFRESH).unref();
  const sweeping = setInterval(sweep, 600_000).unref();

  function refresh(): void {
    forgetAnswers();
    library.refresh().catch(failed);
  }

  function sweep(): void {
    allowances.sweep();
    pace.sweep();
  }

  return {
    committer,
    attach: (server) => attachSockets(server, { ...deps, rhythm, hocuspocus, receive, charge, seats }),
    async close() {
      closing.abort();
      [refreshing, sweeping].forEach(clearInterval);
      versions.close();
      presence.close();
      carets.close();
      homes.close();
      announcer.close();
      new Set(attachments.all().map(peerOf)).forEach(({ end }) => end(1012, "restarting"));
      await committer.idle();
      await bells.close();
    },
  };
}

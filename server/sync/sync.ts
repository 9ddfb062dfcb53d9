import type { IncomingMessage, Server } from "node:http";
import { setTimeout } from "node:timers/promises";

import { Hocuspocus } from "@hocuspocus/server";
import type { Kysely } from "kysely";

import { listen } from "#server/database/listen.ts";
import type { Database } from "#server/database/types.ts";
import { createAllowances } from "#server/documents/allowances.ts";
import { createCommitter, type Committer } from "#server/documents/committer.ts";
import type { Doorbell } from "#server/documents/doorbell.ts";
import { createPens } from "#server/documents/pens.ts";
import type { Metrics } from "#server/observability/metrics.ts";
import type { JournalRow } from "#server/documents/task.ts";

import { ACTIVITY, createAnnouncer, parseActivity, readableChannels } from "./activity.ts";
import { createAttachments } from "./attachments.ts";
import { createDoorkeeper } from "./doorkeeper.ts";
import { takeOverMessages } from "./frames.ts";
import { createCarets, mayEditPage } from "./carets.ts";
import { guarded } from "./guarded.ts";
import { createHomes } from "./homes.ts";
import { createLibrary } from "./library.ts";
import { createPace } from "./pace.ts";
import { personAt, tellAll, type Peer, type PeerSession } from "./peer.ts";
import { createPresence } from "./presence.ts";
import { createReceiver } from "./receiver.ts";
import { anything, AUTHORITY, readConcerned, type Concerned } from "./rights.ts";
import { createSeats } from "./seats.ts";
import { createServing } from "./serving.ts";
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
  readonly metrics?: Pick<Metrics, "answered" | "committed"> | undefined;
  readonly now?: () => number;
  readonly rhythm?: Rhythm;
}

export interface Sync {
  /** The way into documents for everybody else in this process. */
  readonly committer: Committer;
  /** Serves the sockets of this HTTP server. */
  attach(server: Server): { close(): void };
  /** How many sockets are open here for whoever is signed in, and of how many people. */
  present(): { readonly sockets: number; readonly people: number };
  /** How many documents are held in memory. */
  documents(): number;
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

/** Serves documents over sockets. Everything in it is read from PostgreSQL and can be rebuilt from there. */
export async function createSync(deps: SyncDependencies): Promise<Sync> {
  const { db, failed, now = Date.now, rhythm = RHYTHM } = deps;
  const attachments = createAttachments();
  const doorkeeper = createDoorkeeper({ db, attachments, failed });
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
    timed: (tasks, ms, isDone) => deps.metrics?.committed(tasks, ms, isDone),
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
    answered: (outcome, ms) => deps.metrics?.answered(outcome.kind === "refused" ? outcome.code : undefined, ms),
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
    extensions: [
      guarded(createServing({ db, library, attachments, homes, presence, carets, doorkeeper, charge }), failed),
    ],
  });

  await deps.doorbell.listen({
    heard: ({ document, version }) => void library.heard(document, version).catch(failed),
    missed: () => void library.refresh().catch(failed),
  });

  function onAuthority(concerned: Concerned): void {
    homes.authorityChanged(concerned);
    doorkeeper.changed(concerned);
  }

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
    attach: (server) => attachSockets(server, { ...deps, rhythm, hocuspocus, receive, charge, seats, doorkeeper }),
    present() {
      const seated = doorkeeper.seated();
      return { sockets: seated.length, people: new Set(seated.map(({ session }) => session.person)).size };
    },
    documents: () => hocuspocus.documents.size,
    async close() {
      [refreshing, sweeping].forEach(clearInterval);
      versions.close();
      presence.close();
      carets.close();
      homes.close();
      announcer.close();
      doorkeeper.close();
      await committer.idle();
      await bells.close();
    },
  };
}

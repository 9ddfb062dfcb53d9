import "fake-indexeddb/auto";

import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { applyUpdate, Doc } from "yjs";

import { openDatabase, type LocalDatabase, type UnsentRow } from "#client/storage/database.ts";
import { keep } from "#client/sync/fate.ts";
import { createSender, type Sender } from "#client/sync/sender.ts";
import { holds, takeOff, watchOwnLog } from "#client/sync/sightings.ts";
import { openUnsent, type Unsent } from "#client/sync/unsent.ts";
import { createClock } from "#shared/clock.ts";
import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";

import type { LogServer, Refusing } from "./log-server.ts";

const channel = uuid() as ChannelId;
export const document = logDocument("channel", channel, 1);
const clock = createClock(Date.now);

const say = (body: string): UnsentRow => {
  const at = clock.stamp();
  const id = ulid(at) as EntryId;
  return {
    id,
    channel,
    log: "channel",
    entry: { id, at, kind: "message", body },
    offset: 0,
    state: "waiting",
    sent: [],
    attempts: 0,
    alone: false,
  };
};

/** Whatever is going on in the disk and in promises comes to an end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Trouble {
  frame: boolean;
  answer: boolean;
  echo: boolean;
  hold: boolean;
  refusing: Refusing | undefined;
}

/** One person's device on a network that a test can spoil. */
export async function createDevice(me: MemberId, server: LogServer) {
  const db: LocalDatabase = await openDatabase(me);
  const replica = new Doc();
  let unsent: Unsent = await openUnsent(db);
  let sender: Sender | undefined;
  let stopWatching = (): void => undefined;
  const timers = new Set<() => void>();
  /** What is wrong with the network: frames, answers or echoes are lost, or frames are on their way for long. */
  const trouble: Trouble = { frame: false, answer: false, echo: false, hold: false, refusing: undefined };
  const onTheWay: Uint8Array[] = [];

  const forgetSeen = (ids: readonly EntryId[]): void => void takeOff(unsent, ids);

  function hear(): void {
    applyUpdate(replica, server.lackingIn(replica));
    const seen = unsent.rows().filter(({ sent }) => sent.some((at) => holds(replica, me, at)));
    if (seen.length > 0) forgetSeen(seen.map(({ id }) => id));
  }

  function send(frame: Uint8Array): void {
    if (trouble.frame) return;
    if (trouble.hold) return void onTheWay.push(frame);
    const answer = server.take(frame, me, trouble.refusing);
    if (!trouble.echo) hear();
    if (trouble.answer || answer === undefined) return;
    if (answer.type === "committed") sender?.committed(answer);
    if (answer.type === "refused") sender?.refused(answer);
  }

  function connect(): void {
    sender?.close();
    hear();
    // The old connection's last frames may arrive when the new one has already looked.
    onTheWay.splice(0).forEach((frame) => server.take(frame, me));
    stopWatching();
    stopWatching = watchOwnLog(replica, me, forgetSeen);
    const setTimer = (work: () => void): (() => void) => {
      timers.add(work);
      return () => void timers.delete(work);
    };
    sender = createSender({
      me,
      document,
      channel,
      unsent,
      clock: { ...clock, guess: () => undefined, now: () => Number.MAX_SAFE_INTEGER },
      send,
      movedTo: () => undefined,
      failed: fail,
      setTimer,
    });
    sender.pump();
  }

  return {
    trouble,
    heal: () => Object.assign(trouble, { frame: false, answer: false, echo: false, hold: false, refusing: undefined }),
    get unsent() {
      return unsent;
    },
    write: async (body: string) => {
      const row = say(body);
      await unsent.add([row]);
      sender?.pump();
      return row.id;
    },
    rewrite: (id: EntryId, body: string) =>
      unsent.decide([id], (row) =>
        row.state === "waiting" ? keep({ ...row, entry: { ...row.entry, body } as typeof row.entry }) : keep(row),
      ),
    connect,
    /** Every timer runs out. */
    wait: () => [...timers].forEach((work) => timers.delete(work) && work()),
    async reload() {
      sender?.close();
      sender = undefined;
      stopWatching();
      stopWatching = () => undefined;
      timers.clear();
      unsent = await openUnsent(db);
    },
    /** Nothing can be written any more. */
    breakDisk: () => db.close(),
    close: () => db.delete(),
  };
}

const fail = (problem: unknown): never => {
  throw problem;
};

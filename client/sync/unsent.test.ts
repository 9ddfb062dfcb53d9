import "fake-indexeddb/auto";

import * as fc from "fast-check";
import { ulid } from "ulid";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";
import { applyUpdate, Doc } from "yjs";

import { createClock } from "#shared/clock.ts";
import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import { openDatabase, type LocalDatabase, type UnsentRow } from "#client/storage/database.ts";
import { createLogServer, type LogServer, type Refusing } from "#tests/support/log-server.ts";

import { gone, keep } from "./fate.ts";
import { createSender, type Sender } from "./sender.ts";
import { holds, watchOwnLog } from "./sightings.ts";
import { openUnsent, type Unsent } from "./unsent.ts";

const channel = uuid() as ChannelId;
const document = logDocument("channel", channel, 1);
const clock = createClock(Date.now);

const say = (body: string): UnsentRow => {
  const at = clock.stamp();
  const id = ulid(at) as EntryId;
  return { id, channel, log: "channel", entry: { id, at, kind: "message", body }, offset: 0, state: "waiting", sent: [], attempts: 0, alone: false };
};

/** Whatever is going on in the disk and in promises comes to an end. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** One person's device on a network that a test can spoil. */
async function createDevice(me: MemberId, server: LogServer) {
  const db: LocalDatabase = await openDatabase(me);
  const replica = new Doc();
  let unsent: Unsent = await openUnsent(db);
  let sender: Sender | undefined;
  let stopWatching = (): void => undefined;
  const timers = new Set<() => void>();
  const trouble = { frame: false, answer: false, echo: false, refusing: undefined as Refusing | undefined };

  const forgetSeen = (ids: readonly EntryId[]): void => void unsent.decide(ids, () => gone);

  function hear(): void {
    applyUpdate(replica, server.lackingIn(replica));
    const seen = unsent.rows().filter(({ sent }) => sent.some((at) => holds(replica, me, at)));
    if (seen.length > 0) forgetSeen(seen.map(({ id }) => id));
  }

  function send(frame: Uint8Array): void {
    if (trouble.frame) return;
    const answer = server.take(frame, me, trouble.refusing);
    if (!trouble.echo) hear();
    if (trouble.answer || answer === undefined) return;
    if (answer.type === "committed") sender?.committed(answer);
    if (answer.type === "refused") sender?.refused(answer);
  }

  function connect(): void {
    sender?.close();
    hear();
    stopWatching();
    stopWatching = watchOwnLog(replica, me, forgetSeen);
    const setTimer = (work: () => void): (() => void) => {
      timers.add(work);
      return () => void timers.delete(work);
    };
    sender = createSender({ me, document, channel, unsent, clock: { ...clock, now: () => Number.MAX_SAFE_INTEGER }, send, movedTo: () => undefined, failed: fail, setTimer });
    sender.pump();
  }

  return {
    trouble,
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
      unsent.decide([id], (row) => (row.state === "waiting" ? keep({ ...row, entry: { ...row.entry, body } as typeof row.entry }) : keep(row))),
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
    close: () => db.delete(),
  };
}

const fail = (problem: unknown): never => {
  throw problem;
};

async function alicesDevice() {
  const alice = uuid() as MemberId;
  const server = createLogServer(document);
  return { alice, server, device: await createDevice(alice, server) };
}

test("what was written offline is sent at the next connection, and leaves when it is seen in the log", async () => {
  const { alice, server, device } = await alicesDevice();
  const id = await device.write("from the train");
  device.connect();
  await settled();
  expect(server.idsOf(alice)).toEqual([id]);
  expect(device.unsent.rows()).toEqual([]);
});

test("an entry whose acknowledgement was lost before a reload is in the log once", async () => {
  const { alice, server, device } = await alicesDevice();
  device.trouble.answer = device.trouble.echo = true;
  device.connect();
  const id = await device.write("did this leave?");
  await settled();
  await device.reload();
  device.trouble.answer = device.trouble.echo = false;
  device.connect();
  await settled();
  expect(server.idsOf(alice)).toEqual([id]);
  expect(device.unsent.rows()).toEqual([]);
});

test("the first frame that arrives after the entry was sent again adds nothing", async () => {
  const { alice, server, device } = await alicesDevice();
  const frames: Uint8Array[] = [];
  const take = server.take.bind(server);
  server.take = (frame) => void frames.push(frame) as undefined;
  device.connect();
  const id = await device.write("slow");
  await settled();
  server.take = take;
  await device.reload();
  device.connect();
  await settled();
  server.take(frames[0] as Uint8Array, alice);
  expect(server.idsOf(alice)).toEqual([id]);
});

test("what was put into a frame keeps its bytes; before that its author may rewrite it", async () => {
  const { device } = await alicesDevice();
  const [early, late] = [await device.write("helo"), await device.write("wrld")];
  await device.rewrite(early, "hello");
  expect(device.unsent.row(early)?.entry).toMatchObject({ body: "hello" });

  device.trouble.frame = true;
  device.connect();
  await settled();
  await device.rewrite(late, "world");
  expect(device.unsent.row(late)?.entry).toMatchObject({ body: "wrld" });
});

test("the named culprit goes to the drawer with the reason, the others of its frame arrive", async () => {
  const { alice, server, device } = await alicesDevice();
  const [culprit, other] = [await device.write("one"), await device.write("two")];
  device.trouble.refusing = { code: "forbidden", named: true };
  device.unsent.onChange(() => void (device.trouble.refusing = device.unsent.refused().length > 0 ? undefined : device.trouble.refusing));
  device.connect();
  await settled();
  expect(device.unsent.refused()).toMatchObject([{ id: culprit, code: "forbidden" }]);
  expect(server.idsOf(alice)).toEqual([other]);
});

test("where nobody is named the rows travel one by one, and each is told by itself", async () => {
  const { device } = await alicesDevice();
  const ids = [await device.write("one"), await device.write("two")];
  device.trouble.refusing = { code: "malformed", named: false };
  device.connect();
  await settled();
  expect(device.unsent.refused().map(({ id }) => id)).toEqual(ids);
  expect(device.unsent.rows()).toEqual([]);
});

test("what the server wants again is sent again at once, and the third time it is told", async () => {
  const { device } = await alicesDevice();
  const id = await device.write("forked");
  device.trouble.refusing = { code: "fork", named: true };
  device.connect();
  await settled();
  expect(device.unsent.refused()).toMatchObject([{ id, code: "fork" }]);
});

test("what comes too fast waits and then leaves by itself", async () => {
  const { alice, server, device } = await alicesDevice();
  device.trouble.refusing = { code: "rate", named: false };
  device.connect();
  const id = await device.write("again and again");
  await settled();
  device.trouble.refusing = undefined;
  device.wait();
  await settled();
  expect(server.idsOf(alice)).toEqual([id]);
});

type Step =
  | { readonly do: "write" | "connect" | "reload" | "wait" | "heal" }
  | { readonly do: "spoil"; readonly what: "frame" | "answer" | "echo" }
  | { readonly do: "refuse"; readonly code: RefusalCode; readonly named: boolean };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: "write" } as const) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("connect", "reload", "wait", "heal") }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("spoil" as const), what: fc.constantFrom("frame", "answer", "echo") }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("refuse" as const), code: fc.constantFrom<RefusalCode>("forbidden", "rate", "fork", "malformed"), named: fc.boolean() }),
  },
);

test("whatever is lost on the way, every entry ends once in the log or in the drawer", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 14 }), async (history) => {
      const { alice, server, device } = await alicesDevice();
      const written: EntryId[] = [];
      for (const step of history) {
        if (step.do === "write") written.push(await device.write(`m${written.length}`));
        if (step.do === "connect") device.connect();
        if (step.do === "reload") await device.reload();
        if (step.do === "wait") device.wait();
        if (step.do === "spoil") device.trouble[step.what] = true;
        if (step.do === "refuse") device.trouble.refusing = step;
        if (step.do === "heal") Object.assign(device.trouble, { frame: false, answer: false, echo: false, refusing: undefined });
        await settled();
      }
      Object.assign(device.trouble, { frame: false, answer: false, echo: false, refusing: undefined });
      device.connect();
      await settled();
      device.wait();
      await settled();

      const drawer = device.unsent.refused().map(({ id }) => id);
      expect([...server.idsOf(alice), ...drawer].toSorted()).toEqual(written.toSorted());
      expect(device.unsent.rows()).toEqual([]);
      await device.close();
    }),
    { numRuns: 60 },
  );
});

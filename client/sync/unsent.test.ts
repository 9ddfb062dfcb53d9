import * as fc from "fast-check";
import { v7 as uuid } from "uuid";
import { expect, test } from "vitest";

import { logName } from "#shared/documents/names.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import { createLogServer } from "#tests/support/log-server.ts";
import { createDevice, document, settled } from "#tests/support/unsent-device.ts";

async function alicesDevice() {
  const alice = uuid() as MemberId;
  const server = createLogServer(document);
  return { alice, server, device: await createDevice(alice, server) };
}

test("what is said is seen at once, and called kept when it is", async () => {
  const { device } = await alicesDevice();
  const writing = device.write("quick as a finger");
  const [seen] = device.unsent.rows();
  expect(seen?.entry).toMatchObject({ body: "quick as a finger" });
  expect(device.unsent.isKept(seen?.id as EntryId)).toBe(false);
  const id = await writing;
  expect(device.unsent.isKept(id)).toBe(true);
  await device.reload();
  expect(device.unsent.rows()).toMatchObject([{ id }]);
});

test("what the disk does not take is gone again, and told", async () => {
  const { device } = await alicesDevice();
  device.breakDisk();
  await expect(device.write("too much")).rejects.toThrow();
  expect(device.unsent.rows()).toEqual([]);
});

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
  server.take = (frame) => void frames.push(frame);
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

test("an entry whose first frame overtakes its second one is in the log once", async () => {
  const { alice, server, device } = await alicesDevice();
  device.trouble.hold = true;
  device.connect();
  const id = await device.write("overtaken");
  await settled();
  device.heal();
  await device.reload();
  device.connect();
  await settled();
  expect(server.idsOf(alice)).toEqual([id]);
  expect([device.unsent.rows(), device.unsent.refused()]).toEqual([[], []]);
});

test("what arrives deleted is known by the place at which it was sent", async () => {
  const { alice, server, device } = await alicesDevice();
  const take = server.take.bind(server);
  server.take = (...frame) => {
    const answer = take(...frame);
    server.doc.getArray(logName(alice)).delete(0);
    return answer;
  };
  device.connect();
  await device.write("about something that is gone");
  await settled();
  expect(server.idsOf(alice)).toEqual([]);
  expect(device.unsent.rows()).toEqual([]);
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
  device.unsent.onChange(
    () => void (device.trouble.refusing = device.unsent.refused().length > 0 ? undefined : device.trouble.refusing),
  );
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
  | { readonly do: "spoil"; readonly what: "frame" | "answer" | "echo" | "hold" }
  | { readonly do: "refuse"; readonly code: RefusalCode; readonly named: boolean };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: "write" } as const) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("connect", "reload", "wait", "heal") }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("spoil" as const),
      what: fc.constantFrom("frame", "answer", "echo", "hold"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("refuse" as const),
      code: fc.constantFrom<RefusalCode>("forbidden", "rate", "fork", "malformed"),
      named: fc.boolean(),
    }),
  },
);

test(
  "whatever is lost on the way, every entry ends once in the log or in the drawer",
  { timeout: 60_000 },
  async () => {
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
          if (step.do === "heal") device.heal();
          await settled();
        }
        device.heal();
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
  },
);

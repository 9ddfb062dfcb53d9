import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from "yjs";

import { authorOfLog } from "#shared/documents/names.ts";
import { createFold } from "#shared/entries/fold.ts";
import { parseEntry, type Entry } from "#shared/entries/kinds.ts";
import type { Row } from "#shared/entries/row.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import { erase } from "#server/documents/erase.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import { append, channelDocument, reloaded, replica, testNode, type TestNode } from "#tests/support/scribe.ts";

let database: TestDatabase;
let people: readonly MemberId[];
let home: CommunityId;

beforeAll(async () => {
  database = await testDatabase();
  people = await Promise.all(["alice", "bob", "carol"].map((name) => person(database.db, name)));
  home = await community(database.db, Object.fromEntries(people.map((id) => [id, "moderator"])));
});
afterAll(() => database.close());

/** Somebody with a replica that only the server writes, and entries that are not acknowledged. */
interface Device {
  readonly owner: MemberId;
  readonly replica: Doc;
  readonly said: Entry[];
  unsent: Entry[];
}

const step = fc.record({
  who: fc.nat(2),
  node: fc.nat(1),
  act: fc.constantFrom(
    "say",
    "say",
    "edit",
    "retract",
    "react",
    "hide",
    "send",
    "send",
    "lose",
    "replay",
    "read",
    "compact",
    "restart",
  ),
  pick: fc.nat(50),
});

const secretOf = (entry: Entry): string => (entry.kind === "message" || entry.kind === "edit" ? entry.body : "");

function timelineOf(doc: Doc): readonly Row[] {
  const fold = createFold();
  for (const root of doc.share.keys()) {
    const author = authorOfLog(root);
    if (author === undefined) continue;
    for (const value of doc.getArray(root).toArray()) {
      const entry = parseEntry(value);
      if (entry !== undefined) fold.add({ author, segment: 1, entry });
    }
  }
  return fold.rows();
}

async function storedBytes(name: string): Promise<string> {
  const journal = await database.db.selectFrom("journal").select("update").where("document", "=", name).execute();
  const snapshots = await database.db.selectFrom("snapshot").select("state").where("document", "=", name).execute();
  return Buffer.concat([
    ...journal.map(({ update }) => Buffer.from(update)),
    ...snapshots.map(({ state }) => Buffer.from(state)),
  ]).toString("latin1");
}

test("whatever is lost, doubled, delayed, restarted or compacted: all see one timeline, each entry once, and nothing retracted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const name = channelDocument(await channel(database.db, home));
      const nodes: TestNode[] = [testNode(database.db), testNode(database.db)];
      const devices: Device[] = people.map((owner) => ({ owner, replica: new Doc(), said: [], unsent: [] }));
      const delayed: { readonly sender: MemberId; readonly bytes: Uint8Array }[] = [];
      const retracted = new Set<string>();
      let count = 0;

      const write = (device: Device, entry: Entry): void => {
        device.said.push(entry);
        device.unsent.push(entry);
      };
      const send = async (device: Device, node: TestNode, lost: boolean): Promise<void> => {
        if (device.unsent.length === 0) return;
        const bytes = append(replica(), device.owner, ...device.unsent);
        delayed.push({ sender: device.owner, bytes });
        const outcome = await node.take(await node.open(name), device.owner, bytes);
        expect(outcome.kind).toBe("committed");
        if (!lost) device.unsent = [];
      };
      const read = async (device: Device, node: TestNode): Promise<void> => {
        const { doc } = await node.open(name);
        applyUpdate(device.replica, encodeStateAsUpdate(doc, encodeStateVector(device.replica)));
      };

      for (const { who, node: which, act, pick } of steps) {
        const device = devices[who] as Device;
        const node = nodes[which] as TestNode;
        const everything = devices.flatMap(({ owner, said }) =>
          said.filter(({ kind }) => kind === "message").map(({ id }) => ({ author: owner, id })),
        );
        const of = everything[pick % Math.max(1, everything.length)];
        const mine = device.said.filter(({ kind }) => kind === "message")[pick % Math.max(1, device.said.length)];
        count += 1;

        if (act === "say") write(device, say(`secret-${count}-words`));
        else if (act === "edit" && mine)
          write(device, about("edit", { of: { author: device.owner, id: mine.id }, body: `secret-${count}-edited` }));
        else if (act === "retract" && mine) {
          write(device, about("retract", { of: { author: device.owner, id: mine.id } }));
          device.said
            .filter((entry) => entry.id === mine.id || (entry.kind === "edit" && entry.of.id === mine.id))
            .forEach((entry) => retracted.add(secretOf(entry)));
        } else if (act === "react" && of) write(device, about("reaction", { of, key: "👍", on: pick % 2 === 0 }));
        else if (act === "hide" && of) write(device, about("hide", { of, reason: "" }));
        else if (act === "send") await send(device, node, false);
        else if (act === "lose") await send(device, node, true);
        else if (act === "read") await read(device, node);
        else if (act === "compact") await erase(database.db, node.committer.submit, name);
        else if (act === "restart") nodes[which] = testNode(database.db);
        else if (act === "replay" && delayed.length > 0) {
          const { sender, bytes } = delayed[pick % delayed.length] as (typeof delayed)[number];
          await node.take(await node.open(name), sender, bytes);
        }
      }

      const [node] = nodes as [TestNode];
      for (const device of devices) await send(device, node, false);
      for (const one of nodes) {
        // A node that did not hear of the others' rows finds them when it commits.
        await one.take(
          await one.open(name),
          people[0] as MemberId,
          append(replica(), people[0] as MemberId, say("the last word")),
        );
      }
      await node.take(
        await node.open(name),
        people[0] as MemberId,
        append(replica(), people[0] as MemberId, say("the very last")),
      );
      await erase(database.db, node.committer.submit, name);

      const expected = timelineOf(await reloaded(database.db, name));
      expect(timelineOf((await node.open(name)).doc)).toEqual(expected);
      for (const device of devices) {
        await read(device, node);
        expect(timelineOf(device.replica)).toEqual(expected);
      }

      const ids = devices.flatMap(({ said }) => said.filter(({ kind }) => kind === "message")).map(({ id }) => id);
      const shown = expected.map(({ id }) => id);
      expect(shown.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());

      // An edit that follows its retraction is taken and never stored.
      const texts = [...retracted].filter((text) => text !== "");
      const kept =
        (await storedBytes(name)) +
        devices.map((device) => Buffer.from(encodeStateAsUpdate(device.replica)).toString("latin1")).join("");
      for (const text of texts) expect(kept).not.toContain(text);
      expect(nodes.flatMap(({ failures }) => failures)).toEqual([]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 120_000);

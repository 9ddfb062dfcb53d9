import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from "yjs";

import type { Entry } from "#shared/entries/kinds.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { erase } from "#server/documents/erase.ts";
import { catchUp, type Live } from "#server/documents/live.ts";
import { createView } from "#server/gate/document-view.ts";
import { projectDocument } from "#server/projections/run.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { about, channel, say } from "#tests/support/people.ts";
import { channelDocument, entriesIn, reloaded, testNode, type TestNode } from "#tests/support/scribe.ts";

import { NOW } from "./support/arena.ts";
import { createDice } from "./support/dice.ts";
import { createMutants } from "./support/mutants.ts";
import { openWorld, saying, type World } from "./support/world.ts";

let world: World;
let honest: readonly MemberId[];

beforeAll(async () => {
  world = await openWorld();
  honest = [world.alice, world.bob];
});
afterAll(() => world.close());

/** What an honest person has said, and what they may expect of it: each entry once, or not at all once it is taken back. */
interface Writer {
  readonly id: MemberId;
  readonly replica: Doc;
  readonly said: Entry[];
  readonly takenBack: Set<EntryId>;
  unsent: Entry[];
}

const step = fc.record({
  who: fc.nat(1),
  node: fc.nat(1),
  act: fc.constantFrom(
    "say",
    "say",
    "edit",
    "retract",
    "send",
    "send",
    "lose",
    "replay",
    "read",
    "attack",
    "attack",
    "attack",
    "demote",
    "promote",
    "compact",
    "project",
    "restart",
  ),
  pick: fc.nat(1_000_000),
});

/** One room besieged: two nodes, two honest writers with their replicas, and Mallory. */
async function createSiege() {
  const { db } = world.database;
  const name = channelDocument(await channel(db, world.home));
  const freshNode = (): TestNode => testNode(db, () => NOW);
  const nodes = [freshNode(), freshNode()];
  const writers: readonly Writer[] = honest.map((id) => ({
    id,
    replica: new Doc(),
    said: [],
    takenBack: new Set(),
    unsent: [],
  }));
  const sent: { readonly sender: MemberId; readonly bytes: Uint8Array }[] = [];

  const open = (node: number): Promise<Live> => (nodes[node] as TestNode).open(name);
  const take = async (node: number, sender: MemberId, bytes: Uint8Array, step2 = false) =>
    (nodes[node] as TestNode).take(await open(node), sender, bytes, step2);
  const setRole = (person_id: MemberId, role: "guest" | "member" | "moderator") =>
    db
      .updateTable("membership")
      .set({ role })
      .where("community_id", "=", world.home)
      .where("person_id", "=", person_id)
      .execute();

  function write(writer: Writer, entry: Entry): void {
    writer.said.push(entry);
    writer.unsent.push(entry);
  }

  async function send(writer: Writer, node: number, isLost: boolean): Promise<void> {
    if (writer.unsent.length === 0) return;
    const bytes = saying(writer.id, writer.unsent);
    sent.push({ sender: writer.id, bytes });
    const outcome = await take(node, writer.id, bytes);
    expect(outcome.kind === "committed" || ("code" in outcome && outcome.code === "forbidden")).toBe(true);
    if (outcome.kind === "committed" && !isLost) writer.unsent = [];
  }

  /** A handful of spoilt frames in Mallory's name, or somebody's frames that Mallory has seen. */
  async function attack(node: number, seed: number): Promise<void> {
    const live = await open(node);
    const arena = {
      people: [world.mallory, ...honest, world.guest],
      view: createView(live.doc, live.bindings, live.pens),
      clients: new Set(live.bindings.keys()),
    };
    const mutants = createMutants({ ...arena, take: () => "" }, createDice(seed));
    for (let frames = 0; frames < 6; frames += 1) {
      const frame = mutants.next();
      if (frame !== "commit") await take(node, world.mallory, frame.bytes, frame.step2);
    }
    const seen = sent[seed % Math.max(1, sent.length)];
    if (seen !== undefined) await take(node, world.mallory, seen.bytes, true);
  }

  const read = async (writer: Writer, node: number): Promise<void> =>
    applyUpdate(writer.replica, encodeStateAsUpdate((await open(node)).doc, encodeStateVector(writer.replica)));

  return {
    async do({ who, node, act, pick }: { who: number; node: number; act: string; pick: number }): Promise<void> {
      const writer = writers[who] as Writer;
      const messages = writer.said.filter(({ kind }) => kind === "message");
      const of = {
        author: writer.id,
        id: messages[pick % Math.max(1, messages.length)]?.id as EntryId,
      };
      if (act === "say") write(writer, say(`${pick}`, { at: NOW }));
      else if (act === "edit" && messages.length > 0) write(writer, about("edit", { of, body: `${pick}`, at: NOW }));
      else if (act === "retract" && messages.length > 0) {
        write(writer, about("retract", { of, at: NOW }));
        writer.takenBack.add(of.id);
      } else if (act === "send" || act === "lose") await send(writer, node, act === "lose");
      else if (act === "replay" && sent.length > 0) {
        const { sender, bytes } = sent[pick % sent.length] as (typeof sent)[number];
        await take(node, sender, bytes, pick % 2 === 0);
      } else if (act === "read") await read(writer, node);
      else if (act === "attack") await attack(node, pick);
      else if (act === "demote" || act === "promote") await setRole(world.bob, act === "demote" ? "guest" : "member");
      else if (act === "compact") await erase(db, (nodes[node] as TestNode).committer.submit, name);
      else if (act === "project") await projectDocument(db, name);
      else if (act === "restart") nodes[node] = freshNode();
    },
    /** All is sent at last, and then every node, replica and table says the same as the writers do. */
    async end(): Promise<void> {
      await setRole(world.bob, "member");
      for (const writer of writers) await send(writer, 0, false);
      await erase(db, (nodes[0] as TestNode).committer.submit, name);
      const lives = await Promise.all([open(0), open(1)]);
      for (const live of lives) await db.transaction().execute((trx) => catchUp(trx, live));
      expect(await findWrongs(db, lives)).toEqual([]);

      const stored = await reloaded(db, name);
      for (const writer of writers) {
        await read(writer, 1);
        const expected = writer.said.filter(
          (entry) => !writer.takenBack.has(entry.id) && !(entry.kind === "edit" && writer.takenBack.has(entry.of.id)),
        );
        for (const doc of [stored, writer.replica]) {
          const there = entriesIn(doc, writer.id) as Entry[];
          expect(there.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
        }
      }
      expect(nodes.flatMap(({ failures }) => failures)).toEqual([]);
    },
  };
}

test("whatever Mallory sends, loses and repeats, honest writers lose nothing, and nothing is said in their name", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
      const siege = await createSiege();
      for (const one of steps) await siege.do(one);
      await siege.end();
    }),
    { numRuns: Number(process.env["SIEGES"] ?? 40), endOnFailure: true },
  );
}, 300_000);

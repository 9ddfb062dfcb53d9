import { sql } from "kysely";
import { expect } from "vitest";
import { applyUpdate, Doc } from "yjs";

import type { MemberId } from "#shared/ids.ts";
import { load, type Live } from "#server/documents/live.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { say } from "#tests/support/people.ts";
import { testSync, type TestSync } from "#tests/support/sockets.ts";

import { openWire, type Wire } from "./wire.ts";
import { openWorld, saying, type World } from "./world.ts";

/** The same people at real sockets of a real node. */
export interface Hall {
  readonly world: World;
  readonly sync: TestSync;
  wire(person: MemberId): Promise<Wire>;
  /** Fails unless Alice can still say something in this document, and Bob, who has it attached, hears it. */
  stillServes(name: string): Promise<void>;
  /** Tells the node that these people's rights have changed. */
  ring(...people: readonly MemberId[]): Promise<void>;
  /** Ends what a test has opened; nothing may have gone wrong on the node. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openHall(): Promise<Hall> {
  const world = await openWorld();
  const { db, url } = world.database;
  const sync = await testSync(db, url);
  const wires: Wire[] = [];
  const wire = async (person: MemberId): Promise<Wire> => {
    const opened = await openWire(sync.url, person);
    wires.push(opened);
    return opened;
  };

  return {
    world,
    sync,
    wire,
    async stillServes(name) {
      const [alice, bob] = await Promise.all([wire(world.alice), wire(world.bob)]);
      await Promise.all([alice.attach(name), bob.attach(name)]);
      const [updates, committed] = [bob.all("update").length, alice.said("committed").length];
      alice.update(name, saying(world.alice, [say("still here")]));
      await alice.until(() => alice.said("committed").length > committed);
      await bob.until(() => bob.all("update").length > updates);
      await expectServedAsStored(bob, name);
    },
    async ring(...people) {
      const change = { people, communities: [], channels: [], sessions: [] };
      await sql`select pg_notify('authority', ${JSON.stringify(change)})`.execute(db);
    },
    async clear() {
      wires.splice(0).forEach((one) => one.end());
      expect(sync.failures.splice(0)).toEqual([]);
    },
    async close() {
      await sync.close();
      await world.close();
    },
  };

  /** What a newcomer is given is what the journal says. */
  async function expectServedAsStored(one: Wire, name: string): Promise<void> {
    const before = one.all("step2").length;
    one.step1(name);
    await one.until(() => one.all("step2").length > before);
    const stored = (await load(db, name, new Doc())) as Live;
    const doc = new Doc();
    applyUpdate(doc, one.all("step2").at(-1)?.bytes ?? new Uint8Array());
    stored.doc.share.forEach((_type, root) => doc.getArray(root));
    expect(await findWrongs(db, [{ ...stored, doc }])).toEqual([]);
  }
}

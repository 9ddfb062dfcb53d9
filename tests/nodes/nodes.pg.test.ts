import { expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { openWire, type Wire } from "#tests/attack/support/wire.ts";
import { saying } from "#tests/attack/support/world.ts";
import { say } from "#tests/support/people.ts";
import { append } from "#tests/support/scribe.ts";
import { until } from "#tests/support/until.ts";

import { withRowLocked } from "./support/locks.ts";
import { bodiesIn, onEachDoorbell } from "./support/pair.ts";

/** What the nodes have said about the frames of some sockets. */
const answers = (...wires: readonly Wire[]): readonly string[] =>
  wires.flatMap((wire) => [
    ...wire.said("committed").map(() => "committed"),
    ...wire.said("refused").map(({ code }) => code),
  ]);

onEachDoorbell((pair) => {
  /** One socket on each node, in the room. */
  async function wires(first: MemberId, second: MemberId): Promise<readonly [Wire, Wire]> {
    const { nodes, name } = pair();
    const both = [await openWire(nodes[0].url, first), await openWire(nodes[1].url, second)] as const;
    await Promise.all(both.map((wire) => wire.attach(name)));
    return both;
  }

  test("streams on two nodes end as one document, without a gap", async () => {
    const { sit, agreed, alice, bob } = pair();
    const [one, other] = await Promise.all([sit(0, alice), sit(1, bob)]);
    for (let index = 0; index < 60; index += 1) {
      append(one.doc, alice, say(`alice ${index}`));
      append(other.doc, bob, say(`bob ${index}`));
    }
    await Promise.all(
      [one, other].map(({ doc, until: holds }) =>
        holds(() => bodiesIn(doc, alice).length + bodiesIn(doc, bob).length === 120),
      ),
    );
    await agreed(one.doc, other.doc);
  });

  test("of two frames that claim the same positions for different words one is taken, on whichever node", async () => {
    const { name, alice, agreed, sit } = pair();
    const reader = await sit(1, alice);
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = await wires(alice, alice);
      const client = 1_000 + round;
      one.update(name, saying(alice, [say(`heads ${round}`)], client));
      other.update(name, saying(alice, [say(`tails ${round}`)], client));
      await until(() => answers(one, other).length === 2);

      expect(answers(one, other).toSorted()).toEqual(["committed", "fork"]);
      [one, other].forEach((wire) => wire.end());
    }
    await reader.until(() => bodiesIn(reader.doc, alice).length === 10);
    await agreed(reader.doc);
  });

  test("a clientID that two people use at once on two nodes belongs to one of them", async () => {
    const { name, alice, bob, agreed, sit } = pair();
    const reader = await sit(1, alice);
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = await wires(alice, bob);
      const client = 2_000 + round;
      one.update(name, saying(alice, [say(`alice ${round}`)], client));
      other.update(name, saying(bob, [say(`bob ${round}`)], client));
      await until(() => answers(one, other).length === 2);
      expect(answers(one, other).toSorted()).toEqual(["committed", "fork"]);

      const [loser, wire] = one.said("refused").length === 1 ? [alice, one] : [bob, other];
      wire.update(name, saying(loser, [say("and on")], client, 1));
      await until(() => answers(wire).length === 2);
      expect(answers(wire)).toEqual(["fork", "foreign-client"]);
      [one, other].forEach((wire) => wire.end());
    }
    await reader.until(() => bodiesIn(reader.doc, alice).length + bodiesIn(reader.doc, bob).length === 10);
    await agreed(reader.doc);
  });

  test("one entry that is sent on both nodes at once is there once; the same id with other words is refused", async () => {
    const { name, bob, agreed, sit } = pair();
    const reader = await sit(0, bob);
    const [one, other] = await wires(bob, bob);
    const same = say("said once");
    [one, other].forEach((wire) => wire.update(name, saying(bob, [same])));
    await until(() => answers(one, other).length === 2);
    expect(answers(one, other)).toEqual(["committed", "committed"]);

    const first = say("said first");
    one.update(name, saying(bob, [first]));
    other.update(name, saying(bob, [{ ...first, body: "said otherwise" }]));
    await until(() => answers(one, other).length === 4);
    expect(answers(one, other).toSorted()).toEqual(["committed", "committed", "committed", "id-reused"]);

    await reader.until(() => bodiesIn(reader.doc, bob).length === 2);
    await agreed(reader.doc);
    [one, other].forEach((wire) => wire.end());
  });

  test("who moves to the other node while the first still works on their step 2 has said each word once", async () => {
    const { nodes, name, alice, bob, agreed, sit, db } = pair();
    const reader = await sit(0, alice);
    for (let round = 0; round < 5; round += 1) {
      const step2 = saying(bob, [say(`step 2 of round ${round}`), say(`and more of round ${round}`)]);
      const before = await openWire(nodes[0].url, bob);
      await before.attach(name);

      const after = await withRowLocked(db, name, async (waiting) => {
        before.step2(name, step2);
        await waiting(1);
        before.end();
        const next = await openWire(nodes[1].url, bob);
        await next.attach(name);
        next.step2(name, step2);
        await waiting(2);
        return next;
      });

      await reader.until(() => bodiesIn(reader.doc, bob).length >= 2 * (round + 1));
      after.update(name, saying(bob, [say(`at home in round ${round}`)]));
      await after.until(() => after.said("committed").length === 1);
      expect(after.said("refused")).toEqual([]);
      after.end();
      await reader.until(() => bodiesIn(reader.doc, bob).includes(`at home in round ${round}`));
      expect(bodiesIn(reader.doc, bob)).toHaveLength(3 * (round + 1));
    }
    await agreed(reader.doc);
  });

  test("a writer who moves from node to node in the middle of their sentences says each once", async () => {
    const { writer, urlOf, agreed, sit, alice, bob } = pair();
    const reader = await sit(0, alice);
    const restless = writer(0, bob);
    for (let move = 1; move <= 12; move += 1) {
      for (let word = 0; word < 8; word += 1) restless.write(`move ${move} word ${word}`);
      // Now before the first answer, now between answers.
      if (move % 2 === 0) await until(() => restless.acknowledged.size > 8 * (move - 2));
      restless.moveTo(urlOf(move % 2));
    }
    await restless.settled();

    await reader.until(() => bodiesIn(reader.doc, bob).length >= 96);
    expect(bodiesIn(reader.doc, bob).toSorted()).toEqual(wordsOf(12).toSorted());
    await agreed(reader.doc, restless.replica);
  });
});

const wordsOf = (moves: number): readonly string[] =>
  Array.from({ length: moves * 8 }, (_, index) => `move ${Math.floor(index / 8) + 1} word ${index % 8}`);

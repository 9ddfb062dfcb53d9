import { expect, test } from "vitest";

import { erase } from "#server/documents/erase.ts";
import { about, say } from "#tests/support/people.ts";
import type { TestRedis } from "#tests/support/redis.ts";
import { append } from "#tests/support/scribe.ts";
import { until } from "#tests/support/until.ts";

import { mishaps } from "./support/crossed-bells.ts";
import { bodiesIn, onEachDoorbell, type Pair } from "./support/pair.ts";

/** Alice and Bob talk on both nodes at once, and Bob takes every fourth word back. */
async function talk({ sit, alice, bob }: Pair, words: number) {
  const [one, other] = await Promise.all([sit(0, alice), sit(1, bob)]);
  for (let index = 0; index < words; index += 1) {
    append(one.doc, alice, say(`alice ${index}`));
    const word = say(`bob ${index}`);
    append(other.doc, bob, word);
    if (index % 4 === 0) append(other.doc, bob, about("retract", { of: { author: bob, id: word.id } }));
    await new Promise((turn) => setImmediate(turn));
  }
  return [one, other] as const;
}

onEachDoorbell((pair, kind) => {
  test.for(mishaps)("bells that are %s change nothing in the end", async (mishap) => {
    const { cross, agreed, alice } = pair();
    cross(mishap);

    const [one, other] = await talk(pair(), 40);

    await agreed(one.doc, other.doc);
    expect(bodiesIn(other.doc, alice)).toHaveLength(40);
  });

  test("ears that are lost while people talk delay words, and lose none", async () => {
    const { deafen, agreed, alice } = pair();
    const talking = talk(pair(), 60);
    await deafen();
    const [one, other] = await talking;
    append(one.doc, alice, say("when they were gone"));
    await deafen();
    append(one.doc, alice, say("when they were gone again"));

    await agreed(one.doc, other.doc);
    expect(bodiesIn(other.doc, alice)).toHaveLength(62);
  });

  test("a document that is compacted before the other node has heard of its words comes there whole", async () => {
    const { cross, agreed, alice, bob, db, name, nodes } = pair();
    cross("dropped");
    const [one, other] = await talk(pair(), 12);
    await one.until(() => one.said.filter(({ type }) => type === "committed").length === 12);
    await erase(db, nodes[0].sync.committer.submit, name);
    cross("none");
    append(one.doc, alice, say("behind the snapshot"));
    await other.until(() => bodiesIn(other.doc, alice).length === 13);
    append(other.doc, bob, say("and on"));

    await agreed(one.doc, other.doc);
  });

  test("a stranger at the doorbell delays nothing and adds nothing", async () => {
    const { sit, shout, agreed, alice, bob, name } = pair();
    const [one, other] = await Promise.all([sit(0, alice), sit(1, bob)]);
    const lies = ["", "nonsense 1 2 3", name, `${name} 0`, `${name} -1`, `${name} 1`, `${name} 999999999999999`];
    const storm = Array.from({ length: 500 }, (_, index) => shout(lies[index % lies.length] as string));

    for (let index = 0; index < 20; index += 1) append(one.doc, alice, say(`heard ${index}`));
    await other.until(() => bodiesIn(other.doc, alice).length === 20);
    append(other.doc, bob, say("still here"));
    await one.until(() => bodiesIn(one.doc, bob).length === 1);
    await Promise.all(storm);

    await agreed(one.doc, other.doc);
  });

  test("it is the bell that brings words at once, not the look at the clock", async () => {
    const { sit, agreed, alice, bob } = pair();
    const [one, other] = await Promise.all([sit(0, alice), sit(1, bob)]);
    const began = performance.now();
    for (let index = 1; index <= 20; index += 1) {
      append(one.doc, alice, say(`ping ${index}`));
      await other.until(() => bodiesIn(other.doc, alice).length === index);
      append(other.doc, bob, say(`pong ${index}`));
      await one.until(() => bodiesIn(one.doc, bob).length === index);
    }
    // Asking once a second 40 words would need some 20 s.
    expect(performance.now() - began).toBeLessThan(8_000);
    await agreed(one.doc, other.doc);
  });

  // A PostgreSQL that answers nobody acknowledges nothing.
  if (kind === "Redis")
    test("a doorbell that answers nobody holds up no acknowledgement", async () => {
      const { sit, agreed, alice } = pair();
      const redis = pair().redis as TestRedis;
      const [one, other] = await Promise.all([sit(0, alice), sit(1, alice)]);
      redis.freeze();
      for (let index = 1; index <= 10; index += 1) {
        append(one.doc, alice, say(`unheard ${index}`));
        await one.until(() => one.said.filter(({ type }) => type === "committed").length === index);
      }
      await until(() => bodiesIn(other.doc, alice).length === 10);
      redis.thaw();

      await agreed(one.doc, other.doc);
    });
});

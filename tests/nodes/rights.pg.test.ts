import { describe, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { ok, type Result } from "#shared/result.ts";
import type { Command } from "#server/communities/authority.ts";
import { changeChannel } from "#server/communities/channels.ts";
import { addMember, changeCommunity } from "#server/communities/communities.ts";
import { changeRole, removeMember } from "#server/communities/members.ts";
import { readStandings } from "#server/documents/standing.ts";
import { openWire } from "#tests/attack/support/wire.ts";
import { saying } from "#tests/attack/support/world.ts";
import { say } from "#tests/support/people.ts";
import { until } from "#tests/support/until.ts";

import { waitersIn } from "./support/locks.ts";
import { onEachDoorbell, type Pair } from "./support/pair.ts";

/** What may be done, on the first node, about what Bob does on the second; how it is undone; what he is told then. */
const changes = {
  "made a guest": {
    take:
      ({ alice, bob, home }) =>
      (trx, told) =>
        changeRole(trx, told, alice, { id: home, person: bob, role: "guest" }),
    give:
      ({ alice, bob, home }) =>
      (trx, told) =>
        changeRole(trx, told, alice, { id: home, person: bob, role: "member" }),
    code: "forbidden",
  },
  removed: {
    take:
      ({ alice, bob, home }) =>
      (trx, told) =>
        removeMember(trx, told, alice, { id: home, person: bob }),
    give:
      ({ bob, home }) =>
      async (trx, told) => {
        await addMember(trx, home, bob, "member");
        told.people(bob);
        return ok(undefined);
      },
    code: "not-a-member",
  },
  "left in an archived channel": {
    take:
      ({ alice, room }) =>
      (trx, told) =>
        changeChannel(trx, told, alice, room, { archived: true }),
    give:
      ({ alice, room }) =>
      (trx, told) =>
        changeChannel(trx, told, alice, room, { archived: false }),
    code: "archived",
  },
  "left in an archived community": {
    take:
      ({ alice, home }) =>
      (trx, told) =>
        changeCommunity(trx, told, alice, home, { archived: true }),
    give:
      ({ alice, home }) =>
      (trx, told) =>
        changeCommunity(trx, told, alice, home, { archived: false }),
    code: "archived",
  },
} as const satisfies Record<string, Change>;

interface Change {
  readonly take: (pair: Pair) => Command<unknown>;
  readonly give: (pair: Pair) => Command<unknown>;
  readonly code: string;
}

const names = Object.keys(changes) as (keyof typeof changes)[];

/** What Bob is in the room, as it is committed now. */
async function tablesSay({ db, bob, room }: Pair): Promise<string> {
  const appearance = { person: bob, place: { kind: "channel", id: room, segment: 1 } } as const;
  return JSON.stringify((await readStandings(db, [appearance], false))(appearance));
}

const rowsOf = ({ db, name }: Pair, author: MemberId) =>
  db
    .selectFrom("journal")
    .select(["version", "received"])
    .where("document", "=", name)
    .where("author", "=", author)
    .orderBy("version")
    .execute();

async function change(pair: Pair, command: Command<unknown>): Promise<void> {
  const done: Result<unknown, Failure> = await pair.authority.change(command);
  expect(done.ok).toBe(true);
}

/** Bob says one thing after the other on the second node, without waiting for an answer. */
async function chatter({ nodes, name, bob }: Pair) {
  const wire = await openWire(nodes[1].url, bob);
  await wire.attach(name);
  let word = 0;
  const talking = setInterval(() => wire.update(name, saying(bob, [say(`word ${(word += 1)}`)])), 2);
  return {
    wire,
    end(): void {
      clearInterval(talking);
      wire.end();
    },
  };
}

onEachDoorbell((pair) => {
  describe.for(names)("being %s", (what) => {
    test("a right that is taken away on one node while it is used on the other: nothing is committed after it", async () => {
      const { take, give } = changes[what];
      for (let round = 0; round < 4; round += 1) {
        const before = (await rowsOf(pair(), pair().bob)).length;
        const chatting = await chatter(pair());
        await until(() => chatting.wire.said("committed").length >= 5 + round);

        await change(pair(), take(pair()));
        const takenAt = Date.now();
        const through = await rowsOf(pair(), pair().bob);
        await until(() => chatting.wire.said("refused").length > 0 || chatting.wire.all("closed").length > 0);
        const later = await rowsOf(pair(), pair().bob);

        expect(through.length).toBeGreaterThan(before);
        expect(later).toEqual(through);
        expect(Math.max(...later.map(({ received }) => received))).toBeLessThanOrEqual(takenAt);
        chatting.end();
        await change(pair(), give(pair()));
      }
      await pair().agreed();
    });
  });

  test.for(names)("a frame that is judged when its writer is %s is not committed after that", async (what) => {
    const { nodes, name, bob, db } = pair();
    const { take, code } = changes[what];
    const wire = await openWire(nodes[1].url, bob);
    await wire.attach(name);
    const before = await tablesSay(pair());
    const isTaken = async (): Promise<boolean> => (await tablesSay(pair())) !== before;

    // Bob's frame is held up in the middle of the reading of what decides, and the change comes meanwhile.
    const { taking, wasTaken } = await db.transaction().execute(async (trx) => {
      await trx.selectFrom("person").select("id").where("id", "=", bob).forUpdate().execute();
      wire.update(name, saying(bob, [say("in the doorway")]));
      await expect.poll(() => waitersIn(db), { interval: 5 }).toBe(1);
      const changing = change(pair(), take(pair()));
      await expect.poll(async () => (await isTaken()) || (await waitersIn(db)) === 2, { interval: 5 }).toBe(true);
      return { taking: changing, wasTaken: await isTaken() };
    });
    await until(() => wire.said("committed").length + wire.said("refused").length > 0 || wire.all("closed").length > 0);
    if (wasTaken) expect(wire.said("committed")).toEqual([]);
    await taking;
    const refused = wire.said("refused").map((answer) => answer.code);

    wire.update(name, saying(bob, [say("outside")]));
    await until(() => wire.said("refused").length > refused.length || wire.all("closed").length > 0);
    expect(wire.said("refused").every((answer) => answer.code === code)).toBe(true);
    wire.end();
    await pair().agreed();
  });
});

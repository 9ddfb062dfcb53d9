import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ulid } from "ulid";

import { SYS } from "#shared/documents/names.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { about, join, person, say } from "#tests/support/people.ts";
import { entriesIn } from "#tests/support/scribe.ts";

import { any, forged } from "./support/forge.ts";
import { freshClient, openWorld, ownLog, saying, type Room, type World } from "./support/world.ts";

let world: World;
let room: Room;
let mallory: MemberId;

beforeAll(async () => {
  world = await openWorld();
  mallory = world.mallory;
});
afterAll(() => world.close());
beforeEach(async () => void (room = await world.room()));

const says = (...values: readonly unknown[]): Uint8Array => saying(mallory, values);

test("nobody but the server says what the server says", async () => {
  const at = Date.now();
  const of = { author: world.bob, id: ulid(at) as EntryId };
  for (const entry of [
    about("opened", { segment: 1 }),
    about("closed", { head: 2 }),
    about("late", { of: [of], received: at }),
    about("joined", { member: mallory }),
    about("left", { member: world.bob }),
    about("archived", { on: true }),
  ]) {
    await room.refuses("forbidden", mallory, says(entry));
    await room.refuses("forbidden", world.alice, saying(world.alice, [entry]));
  }
  const shown = { of: "membership", community: world.home, role: "owner" } as const;
  await room.refuses("invalid", mallory, says(about("mirror", { shown })));
  await room.refuses("invalid", mallory, says(about("marker", { channel: room.id, read: 0 })));
  await room.refuses("invalid", mallory, says(about("draft", { channel: room.id, body: "" })));
});

test("a document grants nothing", async () => {
  const home = await world.node.open(`user:${mallory}/1`);
  const shown = { of: "membership", community: world.home, role: "owner" } as const;
  expect(await world.node.take(home, mallory, says(about("mirror", { shown })))).toMatchObject({ code: "forbidden" });

  // Even where the server itself had said so.
  const entries = [{ author: SYS, entry: about("mirror", { shown }) }] as const;
  for (const document of [home.name, (await world.node.open(`community:${world.home}`)).name])
    expect(await world.node.committer.submit({ kind: "write", document, entries })).toMatchObject({
      kind: "committed",
    });
  const veil = about("hide", { of: { author: world.bob, id: say("x").id }, reason: "" });
  await room.refuses("forbidden", mallory, says(veil));
});

test("what only moderators may do nobody else does, and guests only read", async () => {
  const of = { author: world.bob, id: say("x").id };
  for (const entry of [about("hide", { of, reason: "" }), about("restore", { of })])
    await room.refuses("forbidden", mallory, says(entry));
  for (const entry of [
    say("hello"),
    about("reaction", { of, key: "👍", on: true }),
    about("hide", { of, reason: "" }),
  ]) {
    await room.refuses("forbidden", world.guest, saying(world.guest, [entry]));
  }
  const hall = await world.room({ kind: "broadcast" });
  await hall.refuses("announcements-only", mallory, says(say("me too")));
});

test("edits and retractions are of one's own entries, named as one's own", async () => {
  const said = say("bob's");
  await room.take(world.bob, saying(world.bob, [said]));
  const of = { author: world.bob, id: said.id };
  for (const entry of [
    about("edit", { of, body: "forged" }),
    about("retract", { of }),
    about("retract", { of: { ...of, segment: 7 } }),
  ]) {
    await room.refuses("forbidden", mallory, says(entry));
    await room.refuses("forbidden", world.alice, saying(world.alice, [entry]));
  }
  // The same id in one's own name is another entry: it reserves nothing of Bob's.
  await room.take(mallory, says(about("retract", { of: { author: mallory, id: said.id } })));
  expect(entriesIn(room.live.doc, world.bob)).toEqual([said]);
});

test("what is not there and what one may not see are referred to alike", async () => {
  const secret = await world.room({ private: true, inside: [world.bob] });
  const said = say("among us");
  await secret.take(world.bob, saying(world.bob, [said]));
  await secret.refuses("not-a-member", mallory, says(say("let me in")));
  await secret.refuses("not-a-member", mallory, says(about("retract", { of: { author: mallory, id: said.id } })));

  const answers = await Promise.all(
    [said.id, say("nothing").id].map((id) =>
      room.take(
        mallory,
        says(
          about("reaction", { of: { author: world.bob, id }, key: "👍", on: true }),
          say("see", { re: { author: world.bob, id } }),
        ),
      ),
    ),
  );
  const [there, nowhere] = answers.map((answer) => ({ ...answer, version: 0, received: 0, entries: [] }));
  expect(answers.map(({ kind }) => kind)).toEqual(["committed", "committed"]);
  expect(there).toEqual(nowhere);
  await room.refuses("forbidden", mallory, says(about("edit", { of: { author: world.bob, id: said.id }, body: "x" })));
});

test("an entry of a private room is answered to a stranger as one of a room that does not exist", async () => {
  const stranger = await person(world.database.db, "stranger");
  const said = say("known");
  await room.take(mallory, says(said));
  for (const entry of [said, say("new"), { ...said, body: "other" }])
    await room.refuses("not-a-member", stranger, saying(stranger, [entry]));
});

test("somebody who was thrown out is told so about all that is new, and their old words are still known", async () => {
  const carol = await person(world.database.db, "carol");
  await join(world.database.db, world.home, carol, "member");
  const said = say("while I was here");
  const client = freshClient();
  const frame = saying(carol, [said], client);
  await room.take(carol, frame);
  await world.database.db.deleteFrom("membership").where("person_id", "=", carol).execute();

  await room.refuses("not-a-member", carol, saying(carol, [say("one more thing")]));
  await room.refuses(
    "not-a-member",
    carol,
    forged(client, 1, any([say("and another")], { origin: { client, clock: 0 } })),
  );
  await room.refuses("not-a-member", carol, saying(carol, [about("retract", { of: { author: carol, id: said.id } })]));
  expect(await room.harmless(carol, frame)).toMatchObject({ kind: "committed", entries: [{ id: said.id }] });
  await room.refuses("forbidden", carol, forged(freshClient(), 0, any([say("as Mallory")], ownLog(mallory))));
});

import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import { deskOf, PLATFORM, type ChannelId, type CommunityId, type MemberId } from "#shared/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { about, channel, community, person, say } from "#tests/support/people.ts";
import {
  append,
  channelDocument,
  entriesIn,
  replica,
  testNode,
  written,
  type TestNode,
} from "#tests/support/scribe.ts";

import type { Live } from "./live.ts";

let database: TestDatabase;
let node: TestNode;
let alice: MemberId;
let bob: MemberId;
let mallory: MemberId;
let home: CommunityId;
let room: ChannelId;
let desk: Live;

beforeAll(async () => {
  database = await testDatabase();
  node = testNode(database.db);
  [alice, bob, mallory] = (await Promise.all(["alice", "bob", "mallory"].map((name) => person(database.db, name)))) as [
    MemberId,
    MemberId,
    MemberId,
  ];
  home = await community(database.db, { [alice]: "moderator", [bob]: "moderator", [mallory]: "member" });
  room = await channel(database.db, home);
  desk = await node.open(logDocument("desk", deskOf(home), 1));
});
afterAll(() => database.close());

const KEY = () => `message/${room}/${mallory}/01ARZ3NDEKTSV4RRFFQ69G5FAV`;
const claim = () => about("claim", { case: KEY(), on: true });

test("moderators write in their own logs of the desk, and what they say there stays there", async () => {
  const note = about("remark", { case: KEY(), body: "Not the first time" });
  expect(await node.take(desk, alice, append(replica(), alice, claim(), note))).toMatchObject({ kind: "committed" });
  expect(entriesIn(desk.doc, alice)).toHaveLength(2);
  expect(await node.take(desk, bob, append(replica(), bob, say("hello")))).toMatchObject({ code: "invalid" });
  const live = await node.open(channelDocument(room));
  expect(await node.take(live, bob, append(replica(), bob, claim()))).toMatchObject({ code: "invalid" });
});

test("nobody claims, notes or decides in another's name, nor in the server's", async () => {
  for (const root of [`log/${alice}`, "sys"]) {
    const doc = replica();
    const forged = written(doc, () => doc.getArray(root).push([claim()]));
    expect(await node.take(desk, bob, forged)).toMatchObject({ code: "forbidden" });
  }
  const docket = about("docket", {
    case: KEY(),
    about: mallory,
    reports: 9,
    grounds: [],
    first: 1,
    last: 1,
    open: true,
  });
  expect(await node.take(desk, bob, append(replica(), bob, docket))).toMatchObject({ code: "forbidden" });
});

test("members, guests and strangers write on no desk, and moderators on none but theirs", async () => {
  const elsewhere = await community(database.db, { [mallory]: "owner" });
  const stranger = await person(database.db, "stranger");
  for (const who of [mallory, stranger])
    expect(await node.take(desk, who, append(replica(), who, claim()))).toMatchObject({ code: "not-a-member" });
  const theirs = await node.open(logDocument("desk", deskOf(elsewhere), 1));
  expect(await node.take(theirs, bob, append(replica(), bob, claim()))).toMatchObject({ code: "not-a-member" });
  const platform = await node.open(logDocument("desk", deskOf(PLATFORM), 1));
  expect(await node.take(platform, alice, append(replica(), alice, claim()))).toMatchObject({ code: "not-a-member" });
  await database.db.updateTable("person").set({ platform_admin: true }).where("id", "=", alice).execute();
  expect(await node.take(platform, alice, append(replica(), alice, claim()))).toMatchObject({ kind: "committed" });
});

test("a moderator who is none any more decides nothing, however late it arrives", async () => {
  const decision = append(replica(), bob, about("decision", { case: KEY(), outcome: "dismissed", until: 1 }));
  await database.db.updateTable("membership").set({ role: "member" }).where("person_id", "=", bob).execute();
  expect(await node.take(desk, bob, decision)).toMatchObject({ code: "not-a-member" });
});

test("reports lie in nobody's shared document, and no home but one's own takes them", async () => {
  const report = about("report", {
    target: { of: "person", person: alice, community: home },
    ground: "unkind",
    note: "",
    open: true,
  });
  const live = await node.open(channelDocument(room));
  expect(await node.take(live, mallory, append(replica(), mallory, report))).toMatchObject({ code: "invalid" });
  const homeOfAlice = await node.open(logDocument("user", alice as string as ChannelId, 1));
  expect(await node.take(homeOfAlice, mallory, append(replica(), mallory, report))).toMatchObject({
    code: "not-a-member",
  });
  const own = await node.open(logDocument("user", mallory as string as ChannelId, 1));
  expect(await node.take(own, mallory, append(replica(), mallory, report))).toMatchObject({ kind: "committed" });
});

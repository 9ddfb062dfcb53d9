import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf, type Reported } from "#shared/entries/kinds/report.ts";
import { communityDocument } from "#shared/documents/names.ts";
import { allEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import type { EntryId, PageId } from "#shared/ids.ts";
import { openWire, type Wire } from "#tests/attack/support/wire.ts";
import { valueOf, type Browser } from "#tests/support/api.ts";
import { deskDocument, homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { testSync, type TestSync } from "#tests/support/sockets.ts";
import { until } from "#tests/support/until.ts";

let court: Court;
let sync: TestSync;
/** Everything that ever reached somebody: bytes of frames and bodies of answers. */
const reached = new Map<string, string[]>();
const target = {} as { message: Reported & { readonly of: "message" } };

/** What is said in confidence, each once. */
const secret = {
  carolsNote: "carol-whispers",
  davesNote: "dave-whispers",
  carolsNoteOnThePage: "carol-whispers-of-it",
  remark: "bob-remarks",
  warning: "only-for-mallory",
};
const body = "hidden-words";
const ids = {} as Record<"carol" | "dave" | "claim" | "remark" | "decision" | "page" | "pageDecision", EntryId>;

beforeAll(async () => {
  court = await openCourt();
  sync = await testSync(court.db, court.url);
  const everybody = [court.bob, court.carol, court.dave, court.mallory, court.alice];
  const wires = await Promise.all(everybody.map(listen));
  await happen();
  await Promise.all(wires.map((wire) => until(() => wire.all("update").length > 0, "what was said")));
  // Whoever comes anew is given all of every document that they may read.
  await Promise.all(everybody.map(listen));
  for (const who of everybody) await askEverything(who);
}, 60_000);
afterAll(async () => {
  await sync.close();
  await court.close();
});

const documents = (who: Browser): readonly string[] => [
  homeDocument(who),
  communityDocument(court.community),
  channelDocument(court.channel),
];

const heardBy = (who: Browser): string[] => {
  const own = reached.get(who.me.id) ?? [];
  reached.set(who.me.id, own);
  return own;
};

async function listen(who: Browser): Promise<Wire> {
  const wire = await openWire(sync.url, who.me.id);
  wire.socket.on("message", (bytes: Buffer) => heardBy(who).push(bytes.toString("latin1")));
  for (const name of documents(who)) await wire.attach(name);
  // Their own desk, others', and the platform's: whatever comes of it is kept too.
  for (const name of [deskDocument(court.community), "desk:platform/1", homeDocument(court.carol)]) {
    wire.authenticate(name);
    wire.step1(name);
  }
  return wire;
}

async function happen(): Promise<void> {
  const { bob, carol, dave, mallory, community, channel } = court;
  target.message = await court.says(mallory, body);
  const key = caseOf(target.message);
  const page = { of: "page", page: await written() } as const;
  const base = { target: target.message, ground: "unkind", open: true } as const;
  const entries = {
    carol: about("report", { ...base, note: secret.carolsNote }),
    dave: about("report", { ...base, note: secret.davesNote }),
    claim: about("claim", { case: key, on: true }),
    remark: about("remark", { case: key, body: secret.remark }),
    decision: about("decision", { case: key, outcome: "hidden", until: Date.now() + 1_000 }),
    page: about("report", { target: page, ground: "harmful", open: true, note: secret.carolsNoteOnThePage }),
    pageDecision: about("decision", { case: caseOf(page), outcome: "dismissed", until: Date.now() + 1_000 }),
  };
  for (const [name, { id }] of Object.entries(entries)) ids[name as keyof typeof ids] = id;
  await court.enter(carol, homeDocument(carol), entries.carol);
  await court.enter(carol, homeDocument(carol), entries.page);
  await court.enter(dave, homeDocument(dave), entries.dave);
  await court.settles();
  for (const entry of [entries.claim, entries.remark, entries.decision, entries.pageDecision])
    expect(await court.enter(bob, deskDocument(community), entry)).toMatchObject({ kind: "committed" });
  const of = { author: mallory.me.id, id: target.message.id };
  await court.enter(bob, channelDocument(channel), about("hide", { of, reason: "Unkind" }));
  valueOf(await bob.api.takeMeasure({ desk: community, kind: "warn", person: mallory.me.id, reason: secret.warning }));
  await court.settles();
}

/** A page of the wiki on which Mallory wrote last. */
async function written(): Promise<PageId> {
  const { alice, mallory, community } = court;
  const { id } = valueOf(await alice.api.createPage({ id: community, title: "How we talk", kind: "wiki" }));
  expect(await court.writes(mallory, id, "as I like")).toMatchObject({ kind: "committed" });
  return id;
}

/** Every question that the API knows, about whatever there is. */
async function askEverything(who: Browser): Promise<void> {
  const { community, channel, mallory } = court;
  const words = { q: body, ids: mallory.me.id, person: mallory.me.id };
  const asking = who.api as unknown as Record<string, (input: object) => Promise<unknown>>;
  for (const [name, { method }] of Object.entries(allEndpoints)) {
    if (method !== "GET") continue;
    for (const id of name === "cases" ? [community, "platform"] : [community, channel, who.me.id])
      for (const state of name === "cases" ? ["open", "closed"] : [undefined])
        heardBy(who).push(
          JSON.stringify(await asking[name]?.({ ...words, id, desk: name === "cases" ? id : community, state })),
        );
  }
}

const traces = (who: Browser, words: readonly string[]): readonly string[] =>
  words.filter((word) => heardBy(who).some((text) => text.includes(word)));

const everything = (): readonly string[] => [...Object.values(secret), ...Object.values(ids)];

test("moderators see what is reported, noted and claimed, so that there is something to be found", () => {
  const { bob, alice } = court;
  const seen = everything().filter((word) => ![ids.carol, ids.dave, ids.page].includes(word as EntryId));
  expect(traces(bob, seen)).toEqual(seen);
  expect(traces(alice, Object.values(secret))).toEqual(Object.values(secret));
});

test("nothing of a report, a claim, a note or a decision reaches anybody but the reporter and those who decide", () => {
  const { carol, dave, mallory } = court;
  expect(traces(carol, everything())).toEqual([secret.carolsNote, secret.carolsNoteOnThePage, ids.carol, ids.page]);
  expect(traces(dave, everything())).toEqual([secret.davesNote, ids.dave]);
  expect(traces(mallory, everything())).toEqual([secret.warning]);
  for (const who of [carol, dave, mallory]) expect(traces(who, ["docket", "reporter", "settlements"])).toEqual([]);
  for (const who of [dave, mallory]) expect(traces(who, ["page/"])).toEqual([]);
});

test("the words of a hidden message stay in the copies of those who may read the channel, and no answer finds them", () => {
  const { carol, mallory } = court;
  const answers = (who: Browser) => heardBy(who).filter((text) => text.startsWith("{"));
  for (const who of [carol, mallory]) {
    expect(traces(who, [body])).toEqual([body]);
    expect(answers(who).filter((text) => text.includes(body))).toEqual([]);
  }
});

test("the desk is not there for those who do not work at it, as one that does not exist", async () => {
  const wire = await openWire(sync.url, court.mallory.me.id);
  const names = [deskDocument(court.community), "desk:01a00000-0000-7000-8000-000000000000/1", "desk:platform/1"];
  for (const name of names) wire.authenticate(name);
  await until(() => wire.all("denied").length === names.length, "the denials");
  expect(new Set(wire.all("denied").map(({ text }) => text)).size).toBe(1);
  wire.end();
});

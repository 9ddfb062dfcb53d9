import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { ChannelId } from "#shared/ids.ts";
import { valueOf } from "#tests/support/api.ts";
import { say } from "#tests/support/people.ts";
import { append, channelDocument, entriesIn, reloaded } from "#tests/support/scribe.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

import { endClients, hocuspocusClient, yjsClient, type HocuspocusClient } from "./support/clients.ts";

let server: World;
let alice: Person;
beforeAll(async () => {
  server = await world();
  alice = await server.person("Alice");
});
afterAll(() => server.close());
afterEach(endClients);

/** How long somebody may go on after the API has said that they may not, in ms. */
const AT_ONCE = 1_000;

async function atOnce(holds: () => boolean): Promise<void> {
  const since = performance.now();
  await until(holds);
  expect(performance.now() - since).toBeLessThan(AT_ONCE);
}

/** A new community of Alice's and a new member, with a browser and a program in its channel. */
async function setOut(name: string) {
  const community = valueOf(await alice.api.createCommunity({ name, access: "open", channel: "commons" })).id;
  const person = await server.person(name);
  valueOf(await person.api.joinCommunity({ id: community }));
  const room = valueOf(await alice.api.channels({ id: community })).channels[0]?.id as ChannelId;
  const document = channelDocument(room);
  const url = server.url().replace("http", "ws");
  const cookie = await cookieOf(name);
  const { token } = valueOf(await person.api.makeToken({ name: "Bot" }));
  const browser = hocuspocusClient(url, "", document, { cookie, origin: server.url() });
  const program = yjsClient(url, token, document);
  const reader = hocuspocusClient(url, valueOf(await alice.api.makeToken({ name })).token, document);
  await until(() => browser.isSynced() && program.isSynced() && reader.isSynced());
  append(browser.doc, person.id, say("as a member"));
  await until(() => entriesIn(reader.doc, person.id).length === 1);
  return { community, person, document, cookie, browser, program, reader };
}

async function cookieOf(name: string): Promise<string> {
  const response = await fetch(`${server.url()}/api/v1/sign-in`, {
    method: "POST",
    headers: { origin: server.url(), "content-type": "application/json" },
    body: JSON.stringify({ login: name.toLowerCase(), password: "correct horse battery" }),
  });
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

/** What they send from now on reaches nobody: what Alice says afterwards comes, and nothing before it. */
async function isUnheard({ person, document, browser, program, reader }: Awaited<ReturnType<typeof setOut>>) {
  for (const { doc } of [browser, program]) append(doc, person.id, say("and afterwards"));
  append(reader.doc, alice.id, say("is anybody still there?"));
  await until(() => reader.said.some(({ type }) => type === "committed"));
  expect(entriesIn(reader.doc, person.id)).toHaveLength(1);
  expect(entriesIn(await reloaded(server.db, document), person.id)).toHaveLength(1);
  for (const { doc } of [browser, program]) expect(entriesIn(doc, alice.id)).toEqual([]);
}

const refusals = ({ said }: HocuspocusClient): number => said.filter(({ type }) => type === "refused").length;

test("whoever is removed, made a guest or signed out is so within a second, and what they send after that is not kept", async () => {
  const removed = await setOut("Bob");
  valueOf(await alice.api.removeMember({ id: removed.community, person: removed.person.id }));
  await atOnce(() => removed.browser.detached.includes("not-a-member") && removed.program.isOut());
  await isUnheard(removed);

  const demoted = await setOut("Carol");
  const { community, person, browser, program, reader, document } = demoted;
  valueOf(await alice.api.changeRole({ id: community, person: person.id, role: "guest" }));
  for (const { doc } of [browser, program]) append(doc, person.id, say("as a guest"));
  await atOnce(() => refusals(browser) > 0 && program.closed.includes("4403 forbidden"));
  expect(entriesIn(await reloaded(server.db, document), person.id)).toHaveLength(1);
  // Narrowed, not closed: a guest reads on.
  append(reader.doc, alice.id, say("can you hear me?"));
  await until(() => entriesIn(browser.doc, alice.id).length === 1);

  const left = await setOut("Dave");
  valueOf(await left.person.api.leaveCommunity({ id: left.community }));
  await atOnce(() => left.browser.detached.includes("not-a-member") && left.program.isOut());
  await isUnheard(left);

  const signedOut = await setOut("Erin");
  const answer = await fetch(`${server.url()}/api/v1/sign-out`, {
    method: "POST",
    headers: { origin: server.url(), cookie: signedOut.cookie },
  });
  expect(answer.status).toBe(204);
  await atOnce(() => signedOut.browser.closed.includes("4401 session-ended"));
  expect(signedOut.program.closed).toEqual([]);
});

test("whoever is put out of a private channel is out of it within a second", async () => {
  const { community, person, browser, program } = await setOut("Frank");
  const name = "staff";
  const made = valueOf(await alice.api.createChannel({ id: community, name, private: true, people: [person.id] }));
  const url = server.url().replace("http", "ws");
  const { token } = valueOf(await person.api.makeToken({ name: "Bot" }));
  const inside = hocuspocusClient(url, token, logDocument("channel", made.id, 1));
  await until(inside.isSynced);
  valueOf(await alice.api.putOut({ id: made.id, person: person.id }));
  await atOnce(() => inside.detached.includes("not-a-member"));
  expect([...browser.closed, ...browser.detached, ...program.closed]).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from "vitest";

import type { ChannelId } from "#shared/ids.ts";
import { valueOf } from "#tests/support/api.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

const TOKEN = "a-token-of-the-operator";

let here: World;
let alice: Person;
let room: ChannelId;

beforeAll(async () => {
  here = await world({ METRICS_TOKEN: TOKEN });
  alice = await here.person("Alice");
  const community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })).id;
  room = valueOf(await alice.api.createChannel({ id: community, name: "measured" })).id;
});
afterAll(() => here.close());

const ask = (headers: Record<string, string> = {}): Promise<Response> => fetch(`${here.url()}/metrics`, { headers });
const read = async (): Promise<string> => (await ask({ authorization: `Bearer ${TOKEN}` })).text();

/** The value of a line, such as `folkmoot_present{what="sockets"}`. */
const figure = (text: string, name: string): number =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1),
  );

test("whoever shows no token, or another one, finds nothing there", async () => {
  const { status, headers } = await fetch(`${here.url()}/no-such-page.txt`);
  for (const answer of [
    await ask(),
    await ask({ authorization: `Bearer ${TOKEN}x` }),
    await ask({ authorization: "" }),
  ]) {
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, headers.get("content-type")]);
    expect(await answer.text()).not.toContain("folkmoot_present");
  }
});

test("what is said, refused and present is counted, and nothing tells who said what and where", async () => {
  const local = await alice.open();
  await until(() => local.connection().state === "online" && local.channel(room) !== undefined, "the channel");
  const before = await read();
  await local.send(room, { body: "swordfish", mentions: [] });
  await until(() => local.device().waiting === 0, "the entry to leave");
  valueOf(await alice.api.changeChannel({ id: room, archived: true }));
  await local.send(room, { body: "too late", mentions: [] });
  await until(() => local.notSent().length === 1, "the drawer");
  const after = await read();

  const grown = (name: string): number => figure(after, name) - (figure(before, name) || 0);
  expect(grown("folkmoot_acknowledgement_seconds_count")).toBeGreaterThanOrEqual(2);
  expect(grown("folkmoot_commit_seconds_count")).toBeGreaterThanOrEqual(1);
  expect(grown("folkmoot_committed_tasks_total")).toBeGreaterThanOrEqual(2);
  expect(grown('folkmoot_refusals_total{code="archived"}')).toBe(1);
  expect(figure(after, 'folkmoot_present{what="sockets"}')).toBe(1);
  expect(figure(after, 'folkmoot_present{what="documents"}')).toBeGreaterThanOrEqual(2);
  expect(figure(after, "folkmoot_process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
  for (const secret of ["swordfish", alice.id, room, "alice", TOKEN]) expect(after).not.toContain(secret);
});

test("work that nobody does is seen: no worker runs here", async () => {
  const text = await read();
  expect(figure(text, 'folkmoot_jobs{state="waiting"}')).toBeGreaterThanOrEqual(1);
  expect(figure(text, 'folkmoot_jobs{state="failed"}')).toBe(0);
  expect(figure(text, 'folkmoot_projection_behind_updates{projection="timeline"}')).toBeGreaterThanOrEqual(1);
  expect(figure(text, 'folkmoot_projection_lag_seconds{projection="timeline"}')).toBeGreaterThan(0);
});

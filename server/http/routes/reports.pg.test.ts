import { afterAll, beforeAll, expect, test } from "vitest";

import { logDocument } from "#shared/documents/names.ts";
import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { reportNames, type Report, type ReportName } from "#shared/protocol/http/reports.ts";
import { projectDocument } from "#server/projections/run.ts";
import { testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";
import { about, say } from "#tests/support/people.ts";
import { projectAll } from "#tests/support/tables.ts";

let world: TestApi;
let [alice, bob, carol, dave]: Browser[] = [];
let community: CommunityId;
let general: ChannelId;
let ops: ChannelId;

/** Alice owns it, Bob moderates, Carol is a member, Dave belongs elsewhere and runs the platform. */
beforeAll(async () => {
  world = await testApi();
  [alice, bob, carol, dave] = await Promise.all(["Alice", "Bob", "Carol", "Dave"].map(world.person));
  const { api } = alice as Browser;
  community = valueOf(await api.createCommunity({ name: "Northern Networks", access: "open" })).id;
  general = valueOf(await api.channels({ id: community })).channels[0]?.id as ChannelId;
  ops = valueOf(await api.createChannel({ id: community, name: "ops", private: true })).id;
  for (const member of [bob, carol]) valueOf(await (member as Browser).api.joinCommunity({ id: community }));
  valueOf(await api.changeRole({ id: community, person: (bob as Browser).me.id, role: "moderator" }));
  await world.db.updateTable("person").set({ platform_admin: true }).where("id", "=", idOf(dave)).execute();
});
afterAll(() => world.close());

const idOf = (browser: Browser | undefined) => (browser as Browser).me.id;
const at = (time: string): number => Date.parse(time);

async function write(channel: ChannelId, author: Browser | undefined, ...entries: readonly Entry[]): Promise<void> {
  const document = logDocument("channel", channel, 1);
  await world.submit({ kind: "write", document, entries: entries.map((entry) => ({ author: idOf(author), entry })) });
  await projectDocument(world.db, document);
}

const inCommunity = () => `/communities/${community}`;
const inChannel = (channel: ChannelId) => `/channels/${channel}`;

const ask = (who: Browser | undefined, place: string, name: ReportName, query = "", headers: HeadersInit = {}) =>
  (who as Browser).fetch(`/api/v1${place}/reports/${name}?${query}`, { method: "GET", headers });

async function get<Name extends ReportName>(
  place: string,
  name: Name,
  query: string,
  who = alice,
): Promise<Report<Name>> {
  const response = await ask(who, place, name, query);
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()) as Report<Name>;
}

const status = async (who: Browser | undefined, place: string): Promise<number> =>
  (await ask(who, place, "engagement")).status;

test("moderators and above see what becomes of their community, nobody below, and nobody learns of a private channel", async () => {
  const everywhere = ["", inCommunity(), inChannel(general), inChannel(ops)];
  const answers = async (who: Browser | undefined) => Promise.all(everywhere.map((place) => status(who, place)));

  expect(await answers(alice)).toEqual([404, 200, 200, 200]);
  expect(await answers(bob)).toEqual([404, 200, 200, 404]);
  expect(await answers(carol)).toEqual([404, 403, 403, 404]);
  expect(await answers(dave)).toEqual([200, 403, 404, 404]);
  const stranger = await world.app.inject({ url: "/api/v1/reports/engagement" });
  expect(stranger.statusCode).toBe(401);
});

test("figures of the platform are not there for others, whatever is wrong with what they ask", async () => {
  for (const query of ["", "by=fortnight", "zone=Moon/Tycho", "from=yesterday", "format=csv"])
    expect((await ask(alice, "", "growth", query)).status).toBe(404);
});

test("what is said counts where whoever asks may read, in the day of their zone", async () => {
  const [first, second] = [at("2024-02-10T23:40:00Z"), at("2024-02-11T08:00:00Z")];
  const question = say("Does anybody hear me?", { at: first });
  await write(general, alice, question);
  await write(general, bob, say("I do", { at: first + 90_000, re: { author: idOf(alice), id: question.id } }));
  await write(
    general,
    carol,
    about("reaction", { of: { author: idOf(alice), id: question.id }, key: "+1", on: true, at: second }),
  );
  await write(ops, alice, say("Between us", { at: second }));
  const days = "from=2024-02-10&to=2024-02-11";
  const counts = (report: Report<"engagement">) =>
    report.steps.map(({ active, messages, replies, reactions }) => [active, messages, replies, reactions]);

  expect(counts(await get(inChannel(general), "engagement", days))).toEqual([
    [2, 2, 1, 0],
    [1, 0, 0, 1],
  ]);
  expect(counts(await get(inChannel(general), "engagement", `${days}&zone=Europe/Berlin`))).toEqual([
    [0, 0, 0, 0],
    [3, 2, 1, 1],
  ]);
  expect(counts(await get(inCommunity(), "engagement", days))).toEqual([
    [2, 2, 1, 0],
    [2, 1, 0, 1],
  ]);
  expect(counts(await get(inCommunity(), "engagement", days, bob))).toEqual([
    [2, 2, 1, 0],
    [1, 0, 0, 1],
  ]);
  expect(counts(await get("", "engagement", days, dave))).toEqual([
    [2, 2, 1, 0],
    [2, 1, 0, 1],
  ]);
  const { total } = await get(inChannel(general), "engagement", `${days}&by=week`);
  expect(total).toEqual({ active: 3, writers: 2, messages: 2, replies: 1, reactions: 1 });

  expect(await get(inChannel(general), "answering", days)).toMatchObject({
    steps: [
      { answered: 1, median: 90_000 },
      { answered: 0, median: null },
    ],
    total: { answered: 1, median: 90_000, ninth: 90_000 },
  });
  const { week, busiest } = await get(inChannel(general), "hours", `${days}&zone=Asia/Kolkata`);
  expect([week[6]?.[5], busiest]).toEqual([2, { day: "2024-02-11", messages: 2 }]);
  const years = await get(inChannel(general), "hours", "from=2004-01-01&to=2024-02-20");
  expect(years.week[5]?.[23]).toBe(2);
});

test("a report of all time keeps nobody else waiting", async () => {
  const cost = async (name: ReportName): Promise<number> => {
    const before = process.cpuUsage();
    await get("", name, `from=1970-01-01&to=2199-12-31&zone=America/New_York${by(name)}`, dave);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const by = (name: ReportName) => (name === "hours" || name === "popular" ? "" : "&by=year");
  // What was compiled just now costs more than it does later on.
  for (const name of reportNames.filter((name) => name !== "retention"))
    expect(Math.min(await cost(name), await cost(name), await cost(name)), name).toBeLessThan(35);
});

test("a report is complete when all that it is about is counted, whatever else is not", async () => {
  const isComplete = async (place: string, who = alice) =>
    (await get(place, "engagement", "from=2024-02-10&to=2024-02-10", who)).complete;
  const places = async () => [
    await isComplete(inChannel(general)),
    await isComplete(inChannel(ops)),
    await isComplete(inCommunity()),
    await isComplete(inCommunity(), bob),
    await isComplete("", dave),
  ];
  await projectAll(world.db);
  expect(await places()).toEqual([true, true, true, true, true]);

  // Somebody's home, a page and somebody else's community are not counted here.
  valueOf(await (carol as Browser).api.startConversation({ kind: "direct", people: [idOf(bob)] }));
  valueOf(await (alice as Browser).api.createPage({ id: community, title: "Rules" }));
  expect(await places()).toEqual([true, true, true, true, true]);
  const entry = say("Not counted yet", { at: at("2024-02-10T10:00:00Z") });
  const document = logDocument("channel", ops, 1);
  await world.submit({ kind: "write", document, entries: [{ author: idOf(alice), entry }] });
  expect(await places()).toEqual([true, false, false, true, false]);
  await projectAll(world.db);
  expect(await isComplete(inChannel(ops))).toBe(true);
  const taken = about("retract", { of: { author: idOf(alice), id: entry.id } });
  await write(ops, alice, taken);
});

test("what is taken back counts no longer, and what is said late counts when it was written", async () => {
  const message = say("I should not have said this", { at: at("2024-03-05T10:00:00Z") });
  const range = "from=2024-03-05&to=2024-03-05";
  const messages = async () => (await get(inChannel(general), "engagement", range)).total.messages;
  await write(general, carol, say("Later", { at: at("2024-03-05T12:00:00Z") }), message);
  expect(await messages()).toBe(2);
  await write(general, carol, about("retract", { of: { author: idOf(carol), id: message.id } }));
  expect(await messages()).toBe(1);
});

test("who stays is told of those who were new, and who came before the range is not", async () => {
  await write(general, carol, say("hello", { at: at("2025-01-10T10:00:00Z") }));
  await write(general, dave, say("new here", { at: at("2025-01-11T10:00:00Z") }));
  await write(general, dave, say("still here", { at: at("2025-03-31T23:30:00Z") }));

  const { cohorts } = await get(inChannel(general), "retention", "from=2025-01-01&to=2025-04-30&by=month");
  expect(cohorts.map(({ active }) => active)).toEqual([[1, 0, 1, 0], [0, 0, 0], [0, 0], [0]]);
  const { cohorts: berlin } = await get(
    inChannel(general),
    "retention",
    "from=2025-01-01&to=2025-04-30&by=month&zone=Europe/Berlin",
  );
  expect(berlin[0]?.active).toEqual([1, 0, 0, 1]);
});

test("growth tells who came and went, and who spoke up for the first time", async () => {
  const eve = await world.person("Eve");
  valueOf(await eve.api.joinCommunity({ id: community }));
  valueOf(await eve.api.leaveCommunity({ id: community }));

  const { steps } = await get(inCommunity(), "growth", "");
  expect(steps.at(-1)).toMatchObject({ joined: 4, left: 1, members: 3 });
  const { steps: whole } = await get("", "growth", "", dave);
  expect(whole.at(-1)).toMatchObject({ joined: 5, left: 0, members: 5 });
  const { steps: channel } = await get(inChannel(general), "growth", "from=2025-01-01&to=2025-01-31&by=month");
  expect(channel).toEqual([{ start: "2025-01-01", newcomers: 1 }]);
});

test("popular is what was answered and liked, without what was hidden; the platform names no message", async () => {
  const range = "from=2024-02-01&to=2024-02-29";
  const { messages, places } = await get(inCommunity(), "popular", range);
  expect(messages).toMatchObject([{ name: "Alice", excerpt: "Does anybody hear me?", replies: 1, reactions: 1 }]);
  expect(places).toMatchObject([
    { id: general, messages: 2, writers: 2 },
    { id: ops, messages: 1 },
  ]);
  expect((await get(inCommunity(), "popular", range, bob)).places).toHaveLength(1);
  expect(await get("", "popular", range, dave)).toMatchObject({
    messages: [],
    places: [{ id: community, messages: 3 }],
  });

  const of = { author: idOf(alice), id: messages[0]?.id as EntryOf<"message">["id"] };
  await write(general, bob, about("hide", { of, reason: "testing", at: at("2024-02-10T23:50:00Z") }));
  expect((await get(inCommunity(), "popular", range)).messages).toEqual([]);
  expect(await get(inCommunity(), "moderation", `${range}&by=month`)).toMatchObject({
    steps: [{ hidden: 1, restored: 0, median: 600_000 }],
    moderators: [{ id: idOf(bob), name: "Bob", hidden: 1, restored: 0, median: 600_000 }],
  });
  await write(general, bob, about("restore", { of, at: at("2024-02-10T23:55:00Z") }));
  expect((await get(inCommunity(), "popular", range)).messages).toHaveLength(1);
});

test.for([
  ["zone=Moon/Tycho", "zone"],
  ["from=yesterday", "from"],
  ["from=2024-02-30&to=2024-03-01", "from"],
  ["from=2024-03-02&to=2024-03-01", "to"],
  ["from=2004-01-01&to=2018-12-31&by=day", "to"],
  ["by=fortnight", "by"],
  ["format=pdf", "format"],
  [`zone=${"x".repeat(100)}`, "zone"],
] as const)("%s is a problem of its field", async ([query, field]) => {
  const response = await ask(alice, inCommunity(), "engagement", query);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(await response.json()).toMatchObject({ status: 400, code: "invalid", fields: [{ field }] });
});

test("the same comes as a table for spreadsheets, in which no name is a formula", async () => {
  valueOf(await (carol as Browser).api.changeMe({ name: '=HYPERLINK("http://evil.example")' }));
  const said = say("@SUM(A1), he said", { at: at("2024-06-01T10:00:00Z") });
  await write(general, carol, said);
  await write(
    general,
    bob,
    about("reaction", { of: { author: idOf(carol), id: said.id }, key: "+1", on: true, at: said.at + 1_000 }),
  );

  const response = await ask(alice, inChannel(general), "popular", "from=2024-06-01&to=2024-06-01", {
    accept: "text/csv",
  });
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="channelPopular.csv"');
  const lines = (await response.text()).split("\r\n");
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  expect(lines[1]).toContain(`"'@SUM(A1), he said"`);

  const day = "from=2024-02-10&to=2024-02-10";
  expect(await (await ask(alice, inChannel(general), "engagement", `${day}&format=csv`)).text()).toBe(
    "start,active,writers,messages,replies,reactions\r\n2024-02-10,2,2,2,1,0\r\n",
  );
  const json = await ask(alice, inChannel(general), "engagement", `${day}&format=json`, { accept: "text/csv" });
  expect(json.headers.get("content-type")).toContain("application/json");
  expect((await ask(carol, inChannel(general), "engagement", "format=csv")).headers.get("content-type")).toContain(
    "problem+json",
  );
});

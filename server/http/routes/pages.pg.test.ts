import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyUpdate, encodeStateAsUpdate } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, PageId } from "#shared/ids.ts";
import type { PageNode } from "#shared/pages/body.ts";
import { compact } from "#server/documents/compact.ts";
import { projectDocument } from "#server/projections/run.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";
import { heading, pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { reloaded } from "#tests/support/scribe.ts";

let world: TestApi;
/** Alice owns the community, Bob moderates it, Carol is a member, Dave is no one there. */
let alice: Browser;
let bob: Browser;
let carol: Browser;
let dave: Browser;
let id: CommunityId;
let channel: ChannelId;
beforeAll(async () => {
  world = await testApi();
  [alice, bob, carol, dave] = (await Promise.all(
    ["Alice", "Bob", "Carol", "Dave"].map((name) => world.person(name)),
  )) as [Browser, Browser, Browser, Browser];
});
beforeEach(async () => {
  ({ id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })));
  await Promise.all([bob, carol].map(({ api }) => api.joinCommunity({ id })));
  valueOf(await alice.api.changeRole({ id, person: bob.me.id, role: "moderator" }));
  ({ id: channel } = valueOf(await alice.api.createChannel({ id, name: "support" })));
});
afterAll(() => world.close());

const UNKNOWN = "01a00000-0000-7000-8000-000000000000" as PageId;
const titlesFor = async ({ api }: Browser): Promise<readonly string[]> =>
  valueOf(await api.pages({ id })).pages.map(({ title }) => title);
const made = async (by: Browser, more: object = {}) =>
  valueOf(await by.api.createPage({ id, title: "Before you ask", ...more }));

/** Somebody writes into a page, through the same gate as from a socket. */
async function writes({ me }: Browser, page: PageId, ...content: readonly PageNode[]) {
  const live = await world.node.open(pageDocument(page));
  const writer = pageWriter();
  writer.hears(encodeStateAsUpdate(live.doc));
  return world.node.take(live, me.id, writer.writes(...content));
}

test("a moderator makes a page, members see it where it belongs, and strangers do not", async () => {
  const page = await made(bob, { channel, pinned: true });

  expect(page).toMatchObject({ title: "Before you ask", kind: "post", channel, pinned: true, position: 0 });
  expect(valueOf(await carol.api.page({ id: page.id }))).toEqual(page);
  expect(await titlesFor(carol)).toEqual(["Before you ask"]);
  expect(await world.shown(`community:${id}`)).toContainEqual({ of: "page", ...page });
  for (const strange of [page.id, UNKNOWN]) expect(kindOf(await dave.api.page({ id: strange }))).toBe("not-found");
});

test("members neither make nor manage pages", async () => {
  const page = await made(bob, { kind: "wiki" });
  expect(kindOf(await carol.api.createPage({ id, title: "Mine" }))).toBe("forbidden");
  expect(kindOf(await carol.api.changePage({ id: page.id, pinned: true }))).toBe("forbidden");
  expect(kindOf(await carol.api.deletePage({ id: page.id }))).toBe("forbidden");
  expect(kindOf(await dave.api.createPage({ id, title: "Mine" }))).toBe("forbidden");
  expect(kindOf(await dave.api.deletePage({ id: page.id }))).toBe("not-found");
});

test("a page is renamed, pinned and moved, and everybody's lists follow", async () => {
  const [first, second] = [await made(bob, { title: "First", channel }), await made(bob, { title: "Second", channel })];
  valueOf(await bob.api.changePage({ id: second.id, position: 0, pinned: true, title: "Now first" }));

  expect(await titlesFor(carol)).toEqual(["Now first", "First"]);
  const shown = (await world.shown(`community:${id}`)).filter((one) => one.of === "page" && one.id === second.id);
  expect(shown).toEqual([expect.objectContaining({ title: "Now first", pinned: true, position: 0 })]);
  expect(valueOf(await bob.api.page({ id: first.id }))).toMatchObject({ position: 1 });
});

test("a page of a private channel is there for those inside alone", async () => {
  const secret = valueOf(await alice.api.createChannel({ id, name: "ops", private: true, people: [bob.me.id] }));
  const page = await made(bob, { title: "Passwords", channel: secret.id });

  expect(kindOf(await carol.api.page({ id: page.id }))).toBe("not-found");
  expect(await titlesFor(carol)).toEqual([]);
  expect(JSON.stringify(await world.shown(`community:${id}`))).not.toContain("Passwords");
  expect(await world.shown(`user:${bob.me.id}/1`)).toContainEqual({ of: "page", ...page });
  expect(await writes(carol, page.id, paragraph("Mallory was here"))).toMatchObject({ code: "not-a-member" });

  valueOf(await alice.api.putOut({ id: secret.id, person: bob.me.id }));
  expect(await world.shown(`user:${bob.me.id}/1`)).toContainEqual({ of: "gone", key: `page/${page.id}` });
});

test("moderators write posts and guidelines, members the wiki too, guests nothing", async () => {
  valueOf(await alice.api.changeRole({ id, person: carol.me.id, role: "member" }));
  const [post, wiki] = [await made(bob), await made(bob, { kind: "wiki" })];

  expect(await writes(bob, post.id, paragraph("One"))).toMatchObject({ kind: "committed" });
  expect(await writes(carol, post.id, paragraph("Two"))).toMatchObject({ kind: "refused", code: "forbidden" });
  expect(await writes(carol, wiki.id, paragraph("Three"))).toMatchObject({ kind: "committed" });
  valueOf(await alice.api.changeRole({ id, person: carol.me.id, role: "guest" }));
  expect(await writes(carol, wiki.id, paragraph("Four"))).toMatchObject({ code: "forbidden" });
  expect(await writes(dave, wiki.id, paragraph("Five"))).toMatchObject({ code: "not-a-member" });
  valueOf(await bob.api.changePage({ id: wiki.id, kind: "guidelines" }));
  valueOf(await alice.api.changeRole({ id, person: carol.me.id, role: "member" }));
  expect(await writes(carol, wiki.id, paragraph("Six"))).toMatchObject({ code: "forbidden" });
});

test("in an archived channel nobody writes its pages any more", async () => {
  const page = await made(bob, { channel });
  expect(await writes(bob, page.id, paragraph("One"))).toMatchObject({ kind: "committed" });
  valueOf(await alice.api.changeChannel({ id: channel, archived: true }));
  expect(await writes(bob, page.id, paragraph("Two"))).toMatchObject({ code: "archived" });
  expect(kindOf(await bob.api.changePage({ id: page.id, pinned: true }))).toBe("archived");
});

test("a page is read as markdown, found by its words and by its title, and only by those who may read it", async () => {
  const secret = valueOf(await alice.api.createChannel({ id, name: "ops", private: true, people: [bob.me.id] }));
  const [open, hidden] = [await made(bob, { title: "Zettelkasten" }), await made(bob, { channel: secret.id })];
  for (const page of [open, hidden]) {
    await writes(bob, page.id, heading("Say which release"), paragraph("Warty is stable; hoary zymurgy is not."));
    await projectDocument(world.db, pageDocument(page.id));
  }

  expect(valueOf(await carol.api.pageMarkdown({ id: open.id })).markdown).toBe(
    "## Say which release\n\nWarty is stable; hoary zymurgy is not.\n",
  );
  expect(kindOf(await carol.api.pageMarkdown({ id: hidden.id }))).toBe("not-found");
  const found = async ({ api }: Browser, q: string) =>
    valueOf(await api.search({ q })).pages?.map(({ page }) => page) ?? [];
  expect(await found(carol, "zymurgy")).toEqual([open.id]);
  expect(new Set(await found(bob, "zymurgy"))).toEqual(new Set([open.id, hidden.id]));
  expect(await found(carol, "zettelkasten")).toEqual([open.id]);
  expect(await found(dave, "zymurgy")).toEqual([]);
  expect(valueOf(await carol.api.search({ q: "zymurgy" })).pages?.[0]?.snippet).toContainEqual({
    text: "zymurgy",
    mark: true,
  });
});

test("history says who wrote what when, and what was kept stays as it was", async () => {
  const page = await made(bob);
  const project = () => projectDocument(world.db, pageDocument(page.id));
  await writes(bob, page.id, paragraph("One"));
  await project();
  await writes(bob, page.id, paragraph("One and"));
  await project();
  const together = valueOf(await carol.api.pageVersions({ id: page.id })).versions;
  expect(together).toMatchObject([{ version: 2, authors: [bob.me.id] }]);

  expect(kindOf(await carol.api.keepPageVersion({ id: page.id }))).toBe("forbidden");
  valueOf(await bob.api.keepPageVersion({ id: page.id }));
  await writes(bob, page.id, paragraph("Three"));
  await project();
  expect(valueOf(await carol.api.pageVersions({ id: page.id })).versions.map(({ version }) => version)).toEqual([3, 2]);
  const said = async (version: number) =>
    JSON.stringify(valueOf(await carol.api.pageVersion({ id: page.id, version: String(version) })).content);
  expect(await said(2)).toContain("One and");
  expect(await said(3)).toContain("Three");
  expect(kindOf(await dave.api.pageVersion({ id: page.id, version: "2" }))).toBe("not-found");
  expect(kindOf(await carol.api.pageVersion({ id: page.id, version: "7" }))).toBe("not-found");
});

test("whoever empties a page, and goes on writing, pushes nothing of others out of its history", async () => {
  const page = await made(bob, { kind: "wiki" });
  const project = () => projectDocument(world.db, pageDocument(page.id));
  const words = Array.from({ length: 30 }, (_, index) => paragraph(`What Bob knows about ${index}`));
  await writes(bob, page.id, ...words);
  await project();
  await writes(bob, page.id);
  await project();
  await writes(bob, page.id, ...words);
  await project();
  await writes(carol, page.id);
  await project();
  for (let index = 0; index < 40; index += 1) {
    await writes(carol, page.id, paragraph(`Nothing ${index}`));
    await project();
    valueOf(await carol.api.keepPageVersion({ id: page.id }));
  }
  const { versions } = valueOf(await bob.api.pageVersions({ id: page.id }));
  expect(versions.filter(({ authors }) => authors.includes(carol.me.id)).length).toBeLessThan(30);
  const own = versions.filter(({ authors }) => authors.includes(bob.me.id));
  const bodies = await Promise.all(
    own.map(({ version }) => bob.api.pageVersion({ id: page.id, version: String(version) })),
  );
  // What Bob wrote again is a version with what he took out just before.
  expect(bodies.map((body) => valueOf(body).content.content.length)).toEqual([30, 30]);
});

test("of a deleted page nothing is left, and nobody writes it again", async () => {
  const page = await made(bob, { title: "Forget quixotic me" });
  await writes(bob, page.id, paragraph("quixotic words"));
  await projectDocument(world.db, pageDocument(page.id));
  const live = await world.node.open(pageDocument(page.id));
  const writer = pageWriter();
  writer.hears(encodeStateAsUpdate(live.doc));
  const late = writer.writes(paragraph("quixotic words"), paragraph("and more"));

  valueOf(await bob.api.deletePage({ id: page.id }));
  expect(kindOf(await bob.api.page({ id: page.id }))).toBe("not-found");
  expect(await world.shown(`community:${id}`)).toContainEqual({ of: "gone", key: `page/${page.id}` });
  expect(await world.node.take(live, bob.me.id, late)).toMatchObject({ kind: "no-such-document" });
  await projectDocument(world.db, pageDocument(page.id));
  for (const table of [
    "journal",
    "snapshot",
    "client",
    "document",
    "checkpoint",
    "page_version",
    "page_text",
    "page",
  ] as const) {
    const rows = await world.db.selectFrom(table).selectAll().execute();
    expect([table, JSON.stringify(rows).includes("quixotic")]).toEqual([table, false]);
    expect([table, JSON.stringify(rows).includes(page.id)]).toEqual([table, table === "page"]);
  }
});

/** Holds up whoever writes into a table, until released. */
async function heldUp(table: "page_text" | "page_version"): Promise<{ release: () => Promise<void> }> {
  await sql`
    create or replace function held_up() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(4242); return new; end $$`.execute(world.db);
  await sql`create trigger held_up before insert on ${sql.table(table)} execute function held_up()`.execute(world.db);
  let release = (): void => undefined;
  const held = Promise.withResolvers<undefined>();
  const holding = world.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(4242)`.execute(trx);
    held.resolve(undefined);
    await new Promise<void>((resolve) => (release = resolve));
  });
  await held.promise;
  return {
    async release() {
      release();
      await holding;
    },
  };
}

async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from pg_locks where locktype = 'advisory' and not granted`.execute(world.db);
  return rows[0]?.count ?? 0;
}

test("who deletes a page while its words are made findable leaves none of them", async () => {
  const page = await made(bob, { title: "Forget me" });
  await writes(bob, page.id, paragraph("quixotic words"));
  const held = await heldUp("page_text");
  const projecting = projectDocument(world.db, pageDocument(page.id));
  await expect.poll(waiting).toBe(1);
  let isOver = false;
  const deleting = bob.api.deletePage({ id: page.id }).finally(() => (isOver = true));
  await expect.poll(async () => isOver || (await waiting()) === 2).toBe(true);
  await held.release();
  await Promise.all([projecting, deleting]);
  await sql`drop trigger held_up on page_text`.execute(world.db);

  const text = await world.db.selectFrom("page_text").selectAll().where("page_id", "=", page.id).execute();
  const versions = await world.db.selectFrom("page_version").selectAll().where("page_id", "=", page.id).execute();
  expect([text, versions]).toEqual([[], []]);
});

test("who keeps a version while the same one is noted finds it once, and what was noted is findable", async () => {
  const page = await made(bob);
  await writes(bob, page.id, paragraph("One"));
  const held = await heldUp("page_version");
  const projecting = projectDocument(world.db, pageDocument(page.id));
  await expect.poll(waiting).toBe(1);
  let isOver = false;
  const keeping = bob.api.keepPageVersion({ id: page.id }).finally(() => (isOver = true));
  await expect.poll(async () => isOver || (await waiting()) === 2).toBe(true);
  await held.release();
  await Promise.all([projecting, keeping]);
  await sql`drop trigger held_up on page_version`.execute(world.db);

  expect(valueOf(await carol.api.pageVersions({ id: page.id })).versions).toMatchObject([
    { version: 1, authors: [bob.me.id] },
  ]);
  const text = await world.db.selectFrom("page_text").select("body").where("page_id", "=", page.id).execute();
  expect(text).toEqual([{ body: "One" }]);
});

test("what a node that starts now reads is what was written, also after compaction", async () => {
  const page = await made(bob);
  await writes(bob, page.id, heading("Rules"), paragraph("Be kind"));
  const { doc } = await world.node.open(pageDocument(page.id));
  await compact(world.db, pageDocument(page.id));
  await writes(bob, page.id, heading("Rules"), paragraph("Be kind, please"));
  const again = await reloaded(world.db, pageDocument(page.id));
  const other = pageWriter();
  applyUpdate(other.doc, encodeStateAsUpdate(again));
  expect(encodeStateAsUpdate(other.doc)).toEqual(encodeStateAsUpdate(doc));
});

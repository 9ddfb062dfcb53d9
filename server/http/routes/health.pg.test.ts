import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeStateAsUpdate } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import { chainActs } from "#server/audit/chain.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { projectAll } from "#tests/support/tables.ts";

let world: TestApi;
let alice: Browser;
beforeAll(async () => {
  world = await testApi();
  alice = await world.admin("Alice");
});
afterAll(() => world.close());

const health = async () => valueOf(await alice.api.health());

test("a page that nobody finds yet is told of as what lags", async () => {
  const { id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks" }));
  const page = valueOf(await alice.api.createPage({ id, title: "Rules" }));
  await projectAll(world.db);
  const live = await world.node.open(pageDocument(page.id));
  const writer = pageWriter();
  writer.hears(encodeStateAsUpdate(live.doc));
  await world.node.take(live, alice.me.id, writer.writes(paragraph("Be kind")));

  const { projections, lagging } = await health();
  expect(projections.find(({ name }) => name === "pages")).toMatchObject({ documents: 1, behind: 1, updates: 1 });
  expect(lagging).toEqual([expect.objectContaining({ document: pageDocument(page.id), projection: "pages" })]);
  await projectAll(world.db);
  expect((await health()).projections.find(({ name }) => name === "pages")).toMatchObject({ behind: 0 });
});

test("a job is not tried again where that cannot be written down", async () => {
  const job = await world.jobs.fail("channel:gone/1");
  await sql
    .raw(`create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$;
      create trigger refuse before insert on audit_act for each row execute function refuse()`)
    .execute(world.db);
  expect(kindOf(await alice.api.retryJob({ job }))).toBe("internal");
  expect((await health()).jobs).toMatchObject({ failed: 1, waiting: 0 });

  await sql`drop trigger refuse on audit_act`.execute(world.db);
  valueOf(await alice.api.retryJob({ job }));
  expect((await health()).jobs).toMatchObject({ failed: 0, waiting: 1 });
  const before = await acts();
  expect(kindOf(await alice.api.retryJob({ job }))).toBe("not-found");
  expect(await acts()).toBe(before);
});

const acts = async (): Promise<number> => (await world.db.selectFrom("audit_act").select("id").execute()).length;

test("a community whose day has come and that is still there is told of", async () => {
  const deletions = async () => (await health()).owed.find(({ name }) => name === "deletions");
  const { id } = valueOf(await alice.api.createCommunity({ name: "Passing" }));
  valueOf(await alice.api.deleteCommunity({ id, name: "Passing" }));
  expect(await deletions()).toEqual({ name: "deletions", count: 0 });
  await sql`update community set delete_at = now() - interval '1 hour' where id = ${id}`.execute(world.db);
  expect(await deletions()).toMatchObject({ count: 1 });
  expect((await deletions())?.since).toBeLessThan(Date.now() - 3_500_000);
});

test("an audit trail that was cut off is told of at once", async () => {
  await chainActs(world.chain);
  expect((await health()).audit.trouble).toBeUndefined();
  await world.db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    await sql`delete from audit_link where position = (select max(position) from audit_link)`.execute(connection);
    await sql`set session_replication_role = origin`.execute(connection);
  });
  expect((await health()).audit.trouble).toMatch(/what followed was removed/);
});

import { sql } from "kysely";
import { ulid } from "ulid";
import { afterAll, beforeAll, expect, test } from "vitest";

import { communityDocument, logDocument } from "#shared/documents/names.ts";
import { deskOf, type ChannelId, type CommunityId } from "#shared/ids.ts";
import { purgeDue } from "#server/communities/purge.ts";
import { tellOfProcess } from "#server/installation/processes.ts";
import { kindOf, testApi, valueOf, type Browser, type TestApi } from "#tests/support/api.ts";
import { projectAll } from "#tests/support/tables.ts";

let world: TestApi;
let alice: Browser;

beforeAll(async () => {
  world = await testApi();
  alice = await world.admin("Alice");
});
afterAll(() => world.close());

const PASSWORD = "correct horse battery";

test("an account that an admin makes has no password until its person chooses one by the link", async () => {
  const { account, token } = valueOf(await alice.api.createAccount({ login: "carol", name: "Carol" }));
  const carol = world.visitor();
  expect(kindOf(await carol.signIn({ login: "carol", password: "" }))).toBe("sign-in-failed");
  expect(valueOf(await carol.resetPassword({ token, password: PASSWORD })).id).toBe(account.id);
  expect(kindOf(await world.visitor().signIn({ login: "carol", password: PASSWORD }))).toBe("ok");
  expect(kindOf(await alice.api.createAccount({ login: "carol", name: "Another" }))).toBe("login-unavailable");
});

test("whoever is disabled is out at once, and links made for them open nothing", async () => {
  const bob = await world.person("Bob");
  const { token } = valueOf(await alice.api.makeResetLink({ id: bob.me.id }));
  expect(valueOf(await alice.api.changeAccount({ id: bob.me.id, disabled: true })).disabledAt).toBeDefined();
  expect(kindOf(await bob.api.me())).toBe("signed-out");
  expect(kindOf(await world.visitor().resetPassword({ token, password: PASSWORD }))).toBe("link-void");
  expect(kindOf(await alice.api.makeResetLink({ id: bob.me.id }))).toBe("not-found");
  expect(valueOf(await alice.api.accounts({ state: "disabled" })).accounts.map(({ name }) => name)).toEqual(["Bob"]);

  valueOf(await alice.api.changeAccount({ id: bob.me.id, disabled: false }));
  expect(kindOf(await bob.api.signIn({ login: "bob", password: PASSWORD }))).toBe("ok");
});

test("the last admin who can sign in can neither be disabled nor become a member, also by two at once", async () => {
  const { id } = alice.me;
  expect(kindOf(await alice.api.changeAccount({ id, disabled: true }))).toBe("last-admin");
  expect(kindOf(await alice.api.changeAccount({ id, platformAdmin: false }))).toBe("last-admin");

  // Somebody who cannot sign in is no help.
  const { account } = valueOf(await alice.api.createAccount({ login: "erin", name: "Erin" }));
  valueOf(await alice.api.changeAccount({ id: account.id, platformAdmin: true }));
  expect(kindOf(await alice.api.changeAccount({ id, platformAdmin: false }))).toBe("last-admin");
  valueOf(await alice.api.changeAccount({ id: account.id, platformAdmin: false }));

  const heidi = await world.admin("Heidi");
  const outcomes = await Promise.all([
    alice.api.changeAccount({ id: heidi.me.id, platformAdmin: false }),
    heidi.api.changeAccount({ id, platformAdmin: false }),
  ]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  await world.db.updateTable("person").set({ platform_admin: true }).where("id", "=", id).execute();
  await world.db.updateTable("person").set({ platform_admin: false }).where("id", "=", heidi.me.id).execute();
});

test("ending all sessions closes devices and programs, and a person's page shows both", async () => {
  const frank = await world.person("Frank");
  valueOf(await frank.api.makeToken({ name: "a bot" }));
  const before = valueOf(await alice.api.account({ id: frank.me.id }));
  expect([before.sessions.length, before.tokens]).toEqual([1, 1]);
  valueOf(await alice.api.endSessions({ id: frank.me.id }));
  expect(kindOf(await frank.api.me())).toBe("signed-out");
  const after = valueOf(await alice.api.account({ id: frank.me.id }));
  expect([after.sessions.length, after.tokens]).toEqual([0, 0]);
});

test("settings hold at once: who may make an account, and who may found a community", async () => {
  const grace = await world.person("Grace");
  const { id } = valueOf(await alice.api.createCommunity({ name: "Northern Networks" }));
  const { token } = valueOf(await alice.api.invite({ id }));
  const signUp = (login: string, invitation?: string) =>
    world.visitor().signUp({ login, password: PASSWORD, name: "Somebody", ...(invitation && { invitation }) });

  valueOf(await alice.api.changeSettings({ signUp: "invitation", founding: "admins", name: "The moot" }));
  expect(kindOf(await signUp("somebody"))).toBe("sign-up-closed");
  expect(kindOf(await signUp("somebody", token))).toBe("ok");
  expect(kindOf(await grace.api.createCommunity({ name: "Mine" }))).toBe("forbidden");
  expect(valueOf(await grace.api.installation())).toEqual({ name: "The moot", signUp: "invitation", mayFound: false });
  expect(valueOf(await alice.api.installation()).mayFound).toBe(true);

  valueOf(await alice.api.changeSettings({ signUp: "closed" }));
  expect(kindOf(await signUp("another", token))).toBe("sign-up-closed");
  expect(kindOf(await alice.api.changeSettings({ deletionDays: 0 }))).toBe("invalid");
  const usual = { signUp: "open", founding: "everybody", name: "Folkmoot" } as const;
  expect(valueOf(await alice.api.changeSettings(usual))).toEqual({ ...usual, deletionDays: 7 });
});

test("an admin archives and gives away a community that they are not in, and still reads nothing of it", async () => {
  const [ivan, judy] = [await world.person("Ivan"), await world.person("Judy")];
  const { id } = valueOf(await ivan.api.createCommunity({ name: "Ivan's", access: "open" }));
  valueOf(await judy.api.joinCommunity({ id }));
  expect(kindOf(await alice.api.giveCommunity({ id, person: alice.me.id }))).toBe("not-found");
  expect(valueOf(await alice.api.giveCommunity({ id, person: judy.me.id })).owner?.name).toBe("Judy");
  expect(valueOf(await alice.api.archiveCommunity({ id, archived: true })).archived).toBe(true);
  expect(valueOf(await alice.api.adminMembers({ id })).members.map(({ name, role }) => [name, role])).toEqual([
    ["Ivan", "admin"],
    ["Judy", "owner"],
  ]);
  expect(kindOf(await alice.api.channels({ id }))).toBe("forbidden");
});

const failed = (error: unknown): void => void world.failures.push(error);

/** A community of one person with something said in it. */
async function founded(owner: Browser): Promise<{ readonly id: CommunityId; readonly channel: ChannelId }> {
  const { id } = valueOf(await owner.api.createCommunity({ name: "Passing", access: "open" }));
  const { channels } = valueOf(await owner.api.channels({ id }));
  const channel = channels[0]?.id as ChannelId;
  valueOf(await owner.api.sendMessage({ id: channel, body: "swordfish" }));
  await projectAll(world.db);
  return { id, channel };
}

test("a community is deleted by its name alone, read until then, and kept as it was before", async () => {
  const [mallory, oscar] = [await world.person("Mallory"), await world.person("Oscar")];
  const { id, channel } = await founded(mallory);
  valueOf(await oscar.api.joinCommunity({ id }));
  expect(kindOf(await oscar.api.deleteCommunity({ id, name: "Passing" }))).toBe("forbidden");
  expect(kindOf(await mallory.api.deleteCommunity({ id, name: "passing" }))).toBe("invalid");
  const { deleteAt } = valueOf(await mallory.api.deleteCommunity({ id, name: "Passing" }));
  expect(Math.round((deleteAt - Date.now()) / 86_400_000)).toBe(7);

  expect(valueOf(await oscar.api.community({ id })).archived).toBe(true);
  expect(kindOf(await mallory.api.sendMessage({ id: channel, body: "still here" }))).not.toBe("ok");
  expect(kindOf(await mallory.api.changeCommunity({ id, archived: false }))).toBe("archived");
  expect(kindOf(await alice.api.archiveCommunity({ id, archived: false }))).toBe("archived");
  await purgeDue({ ...world, failed });
  valueOf(await mallory.api.keepCommunity({ id }));
  expect(kindOf(await mallory.api.keepCommunity({ id }))).toBe("not-waiting");
  expect(valueOf(await oscar.api.community({ id })).archived).toBe(false);

  valueOf(await mallory.api.changeCommunity({ id, archived: true }));
  valueOf(await alice.api.deleteCommunity({ id, name: "Passing" }));
  valueOf(await alice.api.keepCommunity({ id }));
  expect(valueOf(await oscar.api.community({ id })).archived).toBe(true);
});

test("when its day has come a community is gone from every table, and from its members' homes", async () => {
  const peggy = await world.person("Peggy");
  const { id, channel } = await founded(peggy);
  valueOf(await peggy.api.deleteCommunity({ id, name: "Passing" }));
  await world.db
    .updateTable("community")
    .set({ delete_at: new Date(Date.now() - 1) })
    .where("id", "=", id)
    .execute();
  expect(kindOf(await peggy.api.keepCommunity({ id }))).toBe("not-waiting");
  // Two workers at once, and once more.
  await Promise.all([purgeDue({ ...world, failed }), purgeDue({ ...world, failed })]);
  await purgeDue({ ...world, failed });

  expect(kindOf(await peggy.api.community({ id }))).toBe("not-found");
  // Peggy's own home remembers that there was a membership, and nothing else does.
  const desk = deskOf(id);
  const logs = [communityDocument(id), logDocument("channel", channel, 1), logDocument("desk", desk, 1)];
  const named = await tablesWith(id, channel, desk, ...logs);
  expect(named).toEqual(["audit_act", "entry_key"]);
  const keys = world.db.selectFrom("entry_key").select("state_key").where("channel", "<>", peggy.me.id);
  expect(await keys.where("channel", "in", [id, channel, desk]).execute()).toEqual([]);
  const home = await world.shown(logDocument("user", peggy.me.id as unknown as ChannelId, 1));
  expect(home.filter(({ of }) => of === "membership")).toEqual([]);
  const { acts } = valueOf(await alice.api.audit({ community: id }));
  expect(acts.map(({ act, actor }) => [act, actor?.name])).toEqual([
    ["community.purge", undefined],
    ["community.delete", "Peggy"],
    ["community.create", "Peggy"],
  ]);
  expect(world.failures).toEqual([]);
});

/** The tables of which some row names one of these. */
async function tablesWith(...names: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(world.db);
  const found = await Promise.all(
    rows.map(async ({ name }) => {
      const pattern = `%(${names.join("|")})%`;
      const hits =
        await sql`select from ${sql.table(name)} t where to_jsonb(t)::text similar to ${pattern} limit 1`.execute(
          world.db,
        );
      return hits.rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat().toSorted();
}

test("health tells what lags, what failed and which processes run; a failed job is tried again", async () => {
  const told = tellOfProcess(world.db, "worker", (error) => void world.failures.push(error));
  const job = await world.jobs.fail("channel:gone/1");
  const victor = await world.person("Victor");
  const { channel } = await founded(victor);
  valueOf(await victor.api.sendMessage({ id: channel, body: "not read yet" }));

  const read = async () => valueOf(await alice.api.health());
  await expect
    .poll(async () => (await read()).processes.map(({ role, pid }) => [role, pid]))
    .toEqual([["worker", process.pid]]);
  const health = await read();
  expect(health.lagging).toContainEqual(
    expect.objectContaining({ document: logDocument("channel", channel, 1), projection: "timeline", updates: 1 }),
  );
  expect(health.jobs.failures).toEqual([
    expect.objectContaining({ id: job, document: "channel:gone/1", error: "channel:gone/1 is cursed" }),
  ]);
  valueOf(await alice.api.retryJob({ job }));
  expect((await read()).jobs).toMatchObject({ failed: 0, failures: [], waiting: 1 });
  expect(kindOf(await alice.api.retryJob({ job }))).toBe("not-found");

  await told.close();
  await projectAll(world.db);
  expect(await read()).toMatchObject({ processes: [], lagging: [] });
});

test("live activity counts what was written in the last hour, by minute and by community", async () => {
  const walter = await world.person("Walter");
  const { channel } = await founded(walter);
  for (const body of ["one", "two"]) valueOf(await walter.api.sendMessage({ id: channel, body }));
  await projectAll(world.db);
  const { perMinute, communities } = valueOf(await alice.api.activity());
  expect(perMinute).toHaveLength(60);
  expect(perMinute.reduce((sum, messages) => sum + messages, 0)).toBeGreaterThanOrEqual(3);
  expect(communities).toContainEqual(expect.objectContaining({ name: "Passing", messages: 3 }));
});

test("a moderator's hiding and showing again are acts, with whom and why, and not with what was hidden", async () => {
  const [sybil, trent] = [await world.person("Sybil"), await world.person("Trent")];
  const { id, channel } = await founded(sybil);
  valueOf(await trent.api.joinCommunity({ id }));
  const said = valueOf(await trent.api.sendMessage({ id: channel, body: "cheap watches" }));
  const post = async (entry: object) =>
    world.submit({
      kind: "post",
      document: logDocument("channel", channel, 1),
      place: { kind: "channel", id: channel, segment: 1 },
      sender: sybil.me.id,
      entry,
    });
  const hide = { id: ulid(), at: Date.now(), kind: "hide", of: said, reason: "advertising" };
  expect(await post(hide)).toMatchObject({ kind: "committed" });
  expect(await post(hide)).toMatchObject({ kind: "committed" });
  expect(await post({ id: ulid(), at: Date.now(), kind: "restore", of: said })).toMatchObject({ kind: "committed" });

  const { acts } = valueOf(await sybil.api.communityAudit({ id, q: "entry." }));
  expect(acts.map(({ act, actor, target, details }) => [act, actor?.name, target.name, details["reason"]])).toEqual([
    ["entry.restore", "Sybil", "Trent", undefined],
    ["entry.hide", "Sybil", "Trent", "advertising"],
  ]);
  expect(JSON.stringify(acts)).not.toContain("watches");
  expect(kindOf(await trent.api.communityAudit({ id }))).toBe("forbidden");
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import type { MemberId } from "#shared/ids.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { person } from "#tests/support/people.ts";

import { acceptEnd } from "./accept-end.ts";
import { chainActs, type Chain } from "./chain.ts";
import { exported } from "./export.ts";
import { headFile } from "./head.ts";
import { everyAct, readActs } from "./read.ts";
import { record } from "./record.ts";
import { verifyTrail } from "./verify.ts";

let database: TestDatabase;
let folder: string;
let chain: Chain;
let alice: MemberId;

beforeAll(async () => {
  database = await testDatabase();
  alice = await person(database.db, "Alice");
});
afterAll(() => database.close());

beforeEach(async () => {
  await tamper("truncate audit_act, audit_link, audit_waiting restart identity");
  folder = mkdtempSync(join(tmpdir(), "folkmoot-audit-"));
  chain = { db: database.db, key: new Uint8Array(32).fill(7), head: headFile(join(folder, "audit.head")) };
});
afterEach(() => rmSync(folder, { recursive: true }));

const done = (n: number) =>
  record(database.db, {
    actor: alice,
    act: "community.change",
    target: { kind: "community", id: `c${n}`, name: `Community ${n}` },
    details: { fields: ["name"], n },
  });

async function doneAndChained(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await done(n);
  await chainActs(chain);
}

const verified = () => verifyTrail(chain, () => undefined);

/** What somebody can do who has the database, and not the data directory. */
async function tamper(statement: string): Promise<void> {
  await database.db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    await sql.raw(statement).execute(connection);
    await sql`set session_replication_role = origin`.execute(connection);
  });
}

test("a trail that nobody touched is whole, and goes on where it was", async () => {
  await doneAndChained(3);
  expect(await verified()).toEqual({ acts: 3, waiting: 0 });
  await done(4);
  expect(await verified()).toEqual({ acts: 3, waiting: 1 });
  await chainActs(chain);
  expect(await verified()).toEqual({ acts: 4, waiting: 0 });
});

test.for([
  "update audit_act set act = 'member.join'",
  "delete from audit_act",
  "truncate audit_act",
  "update audit_link set hash = ''",
  "delete from audit_link",
  "truncate audit_link",
])("the tables refuse: %s", async (statement) => {
  await doneAndChained(2);
  await expect(sql.raw(statement).execute(database.db)).rejects.toThrow("only added to");
  expect(await verified()).toEqual({ acts: 2, waiting: 0 });
});

test.for([
  ["changed in what it says", `update audit_act set details = '{"n": 9}' where id = 2`, /^Act 2 .*not what it was/],
  ["changed in when it was", `update audit_act set at = at + 1 where id = 2`, /^Act 2 .*not what it was/],
  ["given to somebody else", `update audit_act set actor = null where id = 2`, /^Act 2 .*not what it was/],
  ["removed", "delete from audit_act where id = 2", /^Act 2 .*removed/],
  [
    "removed with its link",
    "delete from audit_act where id = 2; delete from audit_link where act = 2",
    /^Act 2 .*missing/,
  ],
  [
    "put before another one",
    "update audit_link set act = case act when 2 then 103 when 3 then 102 end where act in (2, 3); update audit_link set act = act - 100 where act > 100",
    /^Act 2 .*not where it was/,
  ],
  [
    "removed while all that follows moves up",
    "delete from audit_act where id = 2; delete from audit_link where act = 2; update audit_link set position = position - 1 where position > 2",
    /^Act 2 /,
  ],
  [
    "cut off at the end, with its link",
    "delete from audit_link where position > 3; delete from audit_act where id > 3",
    /ends with act 3, but it had come to act 5/,
  ],
  ["left without its link", "delete from audit_link where position = 5", /^Row 5 is not in the chain/],
  [
    "slipped in",
    "insert into audit_act (at, act, target_kind, target_id) values (1, 'member.join', 'person', 'x')",
    /^Row 6 is not in the chain/,
  ],
] as const)("verifying finds an act that was %s, past all triggers", async ([, statement, why]) => {
  await doneAndChained(5);
  await tamper(statement);
  expect((await verified()).broken).toMatch(why);
});

test("a whole new chain over other acts needs the key", async () => {
  await doneAndChained(3);
  await tamper("update audit_act set actor = null where id = 1; delete from audit_link");
  await tamper("insert into audit_waiting select id from audit_act");
  await expect(chainActs({ ...chain, key: new Uint8Array(32) })).rejects.toThrow("had come to act");
  expect((await verified()).broken).toMatch(/^Act 1 /);
});

test("a trail that lost its end is told at the next act, and not covered up by it", async () => {
  await doneAndChained(5);
  await tamper("delete from audit_link where position > 3; delete from audit_act where id > 3");
  await done(6);
  await expect(chainActs(chain)).rejects.toThrow("had come to act");
  await done(7);
  await expect(chainActs(chain)).rejects.toThrow("had come to act");
  expect((await verified()).broken).toMatch(/had come to act 5/);
});

test("after a restored backup its operator takes the end for the end, and that is an act", async () => {
  await doneAndChained(5);
  await tamper("delete from audit_link where position > 3; delete from audit_act where id > 3");
  expect(await acceptEnd(chain)).toEqual({ kept: 5, now: 3 });
  expect(await verified()).toEqual({ acts: 4, waiting: 0 });
  const { acts } = await readActs(database.db, { act: "audit.end-accepted" }, undefined);
  expect(acts).toMatchObject([{ actor: null, details: { kept: 5, now: 3 } }]);
});

const headPath = () => join(folder, "audit.head");

test("a broken record of the end is told, not taken for a new beginning, and keeps nothing from being chained", async () => {
  await doneAndChained(1);
  writeFileSync(headPath(), "");
  await done(2);
  await expect(chainActs(chain)).rejects.toThrow("cannot be read");
  expect(await verified()).toMatchObject({ acts: 2, waiting: 0, broken: expect.stringContaining("cannot be read") });
  expect(readFileSync(headPath(), "utf8")).toBe("");
  expect(await acceptEnd(chain)).toEqual({ kept: null, now: 2 });
  expect(await verified()).toEqual({ acts: 3, waiting: 0 });
});

test("without a record of its end nobody says of a trail that it is whole", async () => {
  expect(await verified()).toEqual({ acts: 0, waiting: 0 });
  await doneAndChained(3);
  rmSync(headPath());
  expect((await verified()).broken).toMatch(/^No end .* not known/);
  await done(4);
  await expect(chainActs(chain)).rejects.toThrow("No end");
  expect((await verified()).broken).toMatch(/^No end/);
  expect(await acceptEnd(chain)).toEqual({ kept: null, now: 4 });
  expect(await verified()).toEqual({ acts: 5, waiting: 0 });
});

test("an end that was not kept, because whoever chained was killed, is kept in the next round", async () => {
  await doneAndChained(1);
  const killed: Chain["head"] = {
    ...chain.head,
    write() {
      throw new Error("killed");
    },
  };
  await done(2);
  await expect(chainActs({ ...chain, head: killed })).rejects.toThrow("killed");
  await chainActs(chain);
  await tamper("delete from audit_link where position = 2; delete from audit_act where id = 2");
  expect((await verified()).broken).toMatch(/ends with act 1, but it had come to act 2/);
});

test("whoever is killed in the first round of all leaves no trail without a record", async () => {
  const killed: Chain["head"] = {
    ...chain.head,
    write(head) {
      if (head.position > 0) throw new Error("killed");
      chain.head.write(head);
    },
  };
  await done(1);
  await expect(chainActs({ ...chain, head: killed })).rejects.toThrow("killed");
  await chainActs(chain);
  expect(await verified()).toEqual({ acts: 1, waiting: 0 });
});

test("an end that is another one now is not told as one that is missing", async () => {
  await doneAndChained(3);
  writeFileSync(headPath(), JSON.stringify({ position: 2, hash: "00" }));
  expect((await verified()).broken).toMatch(/had come to act 2, and that is another act now/);
});

test("an act is there exactly when what it tells of is", async () => {
  const undone = database.db.transaction().execute(async (trx) => {
    await record(trx, { actor: alice, act: "person.disable", target: { kind: "person", id: alice } });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  await chainActs(chain);
  expect(await verified()).toEqual({ acts: 0, waiting: 0 });
});

test("acts that are committed in another order than they began all get a place, and nobody waits", async () => {
  let commitFirst: () => void = () => undefined;
  const first = database.db.transaction().execute(async (trx) => {
    await record(trx, { actor: alice, act: "person.enable", target: { kind: "person", id: alice } });
    await new Promise<void>((resolve) => (commitFirst = resolve));
  });
  // Neither an act nor the chain waits for the one that is not committed yet.
  await Promise.all(Array.from({ length: 40 }, (_, n) => done(n)));
  await Promise.all([chainActs(chain), chainActs(chain), chainActs(chain)]);
  await chainActs(chain);
  expect(await verified()).toEqual({ acts: 40, waiting: 0 });

  commitFirst();
  await first;
  await chainActs(chain);
  expect(await verified()).toEqual({ acts: 41, waiting: 0 });
});

test("acts are found by who, act, target, time and words, and read page by page", async () => {
  for (let n = 0; n < 60; n += 1) await done(n);
  await record(database.db, { actor: null, act: "person.disable", target: { kind: "person", id: alice } });
  const find = async (question: Parameters<typeof readActs>[1]) =>
    (await readActs(database.db, question, undefined)).acts.map(({ target }) => target.name);

  const { acts, next } = await readActs(database.db, { who: alice }, undefined);
  const rest = await readActs(database.db, { who: alice }, next);
  expect([...acts, ...rest.acts].map(({ details }) => details["n"])).toEqual(
    Array.from({ length: 60 }, (_, index) => 59 - index),
  );
  expect(rest.next).toBeUndefined();

  expect(await find({ act: "person.disable" })).toEqual(["Alice"]);
  expect(await find({ target: "c7" })).toEqual(["Community 7"]);
  expect(await find({ q: "nity 59" })).toEqual(["Community 59"]);
  expect(await find({ until: 1_000 })).toEqual([]);
  expect(await find({ from: Date.now() + 60_000 })).toEqual([]);
  expect((await readActs(database.db, { who: alice }, "nonsense")).acts).toHaveLength(50);
});

test("an export holds every act once, and no cell that a spreadsheet would carry out", async () => {
  await record(database.db, {
    actor: alice,
    act: "community.create",
    target: { kind: "community", id: "c", name: '=HYPERLINK("evil"), "x"' },
  });
  for (let n = 0; n < 600; n += 1) await done(n);
  await chainActs(chain);
  const read = async (format: "csv" | "ndjson") => {
    let text = "";
    for await (const piece of exported(everyAct(database.db, {}), format)) text += piece;
    return text.trimEnd().split(/\r?\n/);
  };

  const lines = (await read("ndjson")).map((line) => JSON.parse(line) as { position: number });
  expect(lines.map(({ position }) => position)).toEqual(Array.from({ length: 601 }, (_, index) => index + 1));
  const [head, first, ...others] = await read("csv");
  expect(head).toMatch(/^\u{feff}position,id,time,who/u);
  expect(first).toContain(`"'=HYPERLINK(""evil""), ""x"""`);
  expect(others).toHaveLength(600);
});

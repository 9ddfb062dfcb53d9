import { afterAll, beforeAll, expect, test } from "vitest";

import { caseOf, type Reported } from "#shared/entries/kinds/report.ts";
import { valueOf } from "#tests/support/api.ts";
import { homeDocument, openCourt, type Court } from "#tests/support/court.ts";
import { about } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";
import { expectAsRebuilt } from "#tests/support/tables.ts";

let court: Court;
beforeAll(async () => void (court = await openCourt()));
afterAll(() => court.close());

const openKeys = async () => valueOf(await court.bob.api.cases({ desk: court.community })).cases.map((one) => one.case);
const verdicts = async (who: Court["carol"], key: string) =>
  (await court.words(homeDocument(who), "verdict")).filter((one) => one.case === key).map((one) => one.outcome);
const reported = async () => {
  const target = await court.says(court.mallory, "you are all fools");
  await court.reports(court.carol, target);
  await court.settles();
  return { target, key: caseOf(target) };
};
const veil = (kind: "hide" | "restore", { author, id }: Reported & { readonly of: "message" }, who = court.bob) =>
  court.enter(
    who,
    channelDocument(court.channel),
    about(kind, { of: { author, id }, ...(kind === "hide" && { reason: "Insults" }) }),
  );
const appeals = (against: string) =>
  court.enter(court.mallory, homeDocument(court.mallory), about("appeal", { against, note: "It was a joke" }));

test("showing a hidden message again grants the appeal against hiding it, and what was reported is decided anew", async () => {
  const { carol, mallory } = court;
  const { target, key } = await reported();
  await veil("hide", target);
  await court.settles();
  expect(await appeals(key)).toMatchObject({ kind: "committed" });
  await court.settles();
  const appeal = key.replace("message", "appeal");
  expect(await openKeys()).toContain(appeal);
  expect(await openKeys()).not.toContain(key);

  await veil("restore", target);
  await court.settles();
  expect(await openKeys()).not.toContain(appeal);
  expect(await openKeys()).toContain(key);
  expect(await verdicts(mallory, appeal)).toEqual(["acted"]);

  await court.decides(court.bob, key);
  await court.settles();
  expect((await verdicts(carol, key)).at(-1)).toBe("dismissed");
  await expectAsRebuilt(court.db);
});

test("undoing a measure opens the case that it had answered; ending it before its time does not", async () => {
  const { bob, mallory, community: desk } = court;
  const { key } = await reported();
  const take = async () =>
    valueOf(await bob.api.takeMeasure({ desk, kind: "warn", person: mallory.me.id, reason: "Be kind", about: key })).id;
  valueOf(await bob.api.liftMeasure({ desk, id: await take() }));
  expect(await openKeys()).not.toContain(key);
  valueOf(await bob.api.liftMeasure({ desk, id: await take(), restore: "true" }));
  expect(await openKeys()).toContain(key);
});

test("nobody shows again what others have hidden of theirs", async () => {
  const { alice, bob } = court;
  const own = await court.says(bob, "I do as I like");
  await veil("hide", own, alice);
  expect(await veil("restore", own, bob)).toMatchObject({ kind: "refused", code: "forbidden" });
  expect(await veil("restore", own, alice)).toMatchObject({ kind: "committed" });
});

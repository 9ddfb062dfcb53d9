import { fireEvent, screen, waitFor } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { EntryOf } from "#shared/entries/kinds.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import { deskOf, type EntryId, type PageId } from "#shared/ids.ts";
import type { ModerationCase } from "#shared/protocol/http/moderation.ts";
import { bob, carol, commons, community, newLocal } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import { CommunityQueue } from "./QueuePage.tsx";

const DESK = deskOf(community.id);
const ids = ["01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2", "01ARZ3NDEKTSV4RRFFQ69G5FA3"] as EntryId[];
const keyOf = (n: number) => caseOf({ of: "message", channel: commons.id, author: bob.id, id: ids[n] as EntryId });

/** What the server has told of a case before. */
const detailed = (key: string, settlements: ModerationCase["settlements"]): ModerationCase => ({
  case: key,
  open: true,
  first: 1,
  last: 100,
  about: { person: { id: bob.id, name: "Bob" }, messages: 1, hidden: 0, cases: 1, measures: [] },
  reports: [],
  messages: [],
  settlements,
});

/** A desk with three reported messages, the newest first, without a network. */
function openQueue(
  role: Parameters<typeof newLocal>[0] = "moderator",
  settlements: ModerationCase["settlements"] = [],
) {
  const local = newLocal(role);
  local.setOnline(false);
  void local.kept.write(DESK, settlements.length === 0 ? [] : [detailed(keyOf(0), settlements)]);
  ids.forEach((_id, n) => {
    const docket = { case: keyOf(n), about: bob.id, reports: n + 1, first: 1, last: 100 - n, open: true };
    local.arrive(DESK, "sys", {
      kind: "docket",
      at: 100,
      grounds: [(["spam", "unkind", "harmful"] as const)[n] ?? "spam"],
      ...docket,
    });
  });
  openPage(CommunityQueue, { path: "/c/:community/moderation", at: `/c/${community.id}/moderation`, local });
  const written = () =>
    local
      .openLog({ channel: DESK, log: "desk" })()
      .map(({ entry }) => entry);
  const decisions = () => written().filter((entry): entry is EntryOf<"decision"> => entry.kind === "decision");
  return { local, written, decisions };
}

const press = (key: string) => fireEvent.keyDown(document.querySelector("main") as HTMLElement, { key });
const cases = () => [...document.querySelectorAll("[data-case]")];
/** Not the filter of the same name. */
const reason = () => screen.findByLabelText("Reason", { selector: "input" });
const open = () => cases().find((one) => one.getAttribute("aria-current") === "true")?.textContent ?? "";

test("keys go from case to case, claim one and dismiss it, and undo takes it back, all without a network", async () => {
  const { decisions, written } = openQueue();
  expect(open()).toContain("1 report: spam");
  press("j");
  expect(open()).toContain("2 reports: unkind");
  press("k");
  press("c");
  await waitFor(() => expect(written().some((entry) => entry.kind === "claim" && entry.on)).toBe(true));
  await screen.findByText("Yours");

  press("d");
  await waitFor(() => expect(cases()).toHaveLength(2));
  expect(decisions()).toMatchObject([{ case: keyOf(0), outcome: "dismissed", until: 100 }]);
  await waitFor(() => {
    press("u");
    expect(cases()).toHaveLength(3);
  });
  expect(decisions().at(-1)).toMatchObject({ outcome: "reopened" });
});

test("a reason that is being typed stays, whatever comes into the queue meanwhile", async () => {
  const { local } = openQueue();
  press("w");
  const text = () => screen.findByLabelText("Reason", { selector: "textarea" });
  fireEvent.input(await text(), { target: { value: "Please be" } });
  const newer = { case: `person/${community.id}/${carol.id}`, about: carol.id, reports: 1, first: 1, last: 999 };
  local.arrive(DESK, "sys", { kind: "docket", at: 999, grounds: ["spam"], open: true, ...newer });
  await waitFor(() => expect(cases()).toHaveLength(4));
  expect(await text()).toHaveProperty("value", "Please be");
  expect(screen.queryByRole("heading", { name: "Warn Bob" })).not.toBeNull();
});

test("who decides what is told, also what came too late", async () => {
  const { local } = openQueue("moderator", [
    { by: { id: carol.id, name: "Carol" }, outcome: "hidden", at: 200 },
    { by: { id: bob.id, name: "Bob" }, outcome: "dismissed", at: 150, late: true },
  ]);
  expect(local.connection().state).toBe("offline");
  await screen.findByText(/hid it/);
  await screen.findByText(/dismissed it, which arrived too late/);
});

test("several that are marked are decided at once", async () => {
  const { decisions, local } = openQueue();
  press("x");
  press("j");
  press("x");
  await screen.findByText("2 marked");
  press("h");
  fireEvent.input(await reason(), { target: { value: "Both of them" } });
  fireEvent.submit((await reason()).closest("form") as HTMLFormElement);

  await waitFor(() => expect(cases()).toHaveLength(1));
  expect(decisions().map(({ outcome }) => outcome)).toEqual(["hidden", "hidden"]);
  const hidden = local
    .openLog({ channel: commons.id, log: "channel" })()
    .map(({ entry }) => entry);
  expect(hidden).toMatchObject([
    { kind: "hide", reason: "Both of them" },
    { kind: "hide", reason: "Both of them" },
  ]);
});

test("cases are found by their reason, and what others have claimed is told", async () => {
  const { local } = openQueue();
  local.arrive(DESK, carol.id, { kind: "claim", at: 101, case: keyOf(2), on: true });
  await screen.findByText("Claimed by Carol");
  fireEvent.click(screen.getByRole("button", { name: /^Claimed/ }));
  expect(cases().map((one) => one.textContent)).toEqual([expect.stringContaining("harmful")]);
  fireEvent.click(screen.getByRole("button", { name: /^Open/ }));
  fireEvent.change(screen.getByLabelText("Reason"), { target: { value: "unkind" } });
  expect(cases()).toHaveLength(1);
});

test("a member is told that there is nothing here for them", () => {
  openQueue("member");
  expect(screen.queryByText("There is nothing here for you")).not.toBeNull();
  expect(cases()).toEqual([]);
});

test("the case of a page says what it is called and how it begins, and is dismissed but never hidden", async () => {
  const local = newLocal("moderator");
  local.setOnline(false);
  const id = "0190c2a0-0000-7000-8000-0000000000d1" as PageId;
  const key = caseOf({ of: "page", page: id });
  const page = { id, community: community.id, title: "Laptops that sleep", excerpt: "Say which release you run." };
  await local.kept.write(DESK, [{ ...detailed(key, []), page }]);
  const docket = { case: key, about: bob.id, reports: 1, first: 1, last: 100, open: true };
  local.arrive(DESK, "sys", { kind: "docket", at: 100, grounds: ["spam"], ...docket });
  openPage(CommunityQueue, { path: "/c/:community/moderation", at: `/c/${community.id}/moderation`, local });

  await screen.findByText("Say which release you run.");
  expect(screen.getByRole("heading", { name: "One person reports this page: spam" })).toBeTruthy();
  expect(open()).toContain("Laptops that sleep");
  press("h");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.queryByRole("button", { name: /^Hide/ })).toBeNull();
  // Whoever may not read it cannot open it.
  expect(screen.queryByRole("link", { name: "Laptops that sleep" })).toBeNull();
  press("d");
  await screen.findByText("Nothing waits for you");
});

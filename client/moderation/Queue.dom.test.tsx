import { fireEvent, screen, waitFor } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { EntryOf } from "#shared/entries/kinds.ts";
import { caseOf } from "#shared/entries/kinds/report.ts";
import { deskOf, type EntryId } from "#shared/ids.ts";
import { bob, carol, commons, community, newLocal } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import { CommunityQueue } from "./QueuePage.tsx";

const DESK = deskOf(community.id);
const ids = ["01ARZ3NDEKTSV4RRFFQ69G5FA1", "01ARZ3NDEKTSV4RRFFQ69G5FA2", "01ARZ3NDEKTSV4RRFFQ69G5FA3"] as EntryId[];
const keyOf = (n: number) => caseOf({ of: "message", channel: commons.id, author: bob.id, id: ids[n] as EntryId });

/** A desk with three reported messages, the newest first, without a network. */
function openQueue(role: Parameters<typeof newLocal>[0] = "moderator") {
  const local = newLocal(role);
  local.setOnline(false);
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

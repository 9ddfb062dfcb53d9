import { fireEvent, screen, within } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { EntryId, MemberId } from "#shared/ids.ts";
import type { MemoryLocal } from "#tests/support/local.ts";
import { commons, newLocal, news } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import type { PageId } from "#shared/ids.ts";

import { NotSentDrawer } from "./NotSent.tsx";

async function openDrawer() {
  const local = newLocal();
  local.refuse("announcements-only");
  await local.send(news.id, { body: "Install party\non the 27th", mentions: [] });
  local.refuse(undefined);
  openPage(() => <NotSentDrawer onClose={() => {}} />, { local });
  return local;
}

const bodies = (local: MemoryLocal) => local.rowsOf(news.id).map(({ body }) => body);
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("what was refused is kept with the reason, every line of it", async () => {
  await openDrawer();
  const entry = within(screen.getByRole("article", { name: "A message for news" }));
  expect(entry.getByText(/Install party/).textContent).toBe("Install party\non the 27th");
  expect(entry.getByText("This channel only takes announcements. Nobody saw it.")).toBeTruthy();
});

test("it can be sent again as it is, and leaves the drawer", async () => {
  const local = await openDrawer();
  press("Send again");
  expect(bodies(local)).toEqual(["Install party\non the 27th"]);
  expect(screen.queryByRole("article")).toBeNull();
});

test("it can be reworded and sent", async () => {
  const local = await openDrawer();
  press("Edit");
  fireEvent.input(screen.getByRole("textbox", { name: "Message" }), { target: { value: "Party on the 27th" } });
  press("Send");
  expect(bodies(local)).toEqual(["Party on the 27th"]);
});

test("rewording can be left, and nothing is lost", async () => {
  const local = await openDrawer();
  press("Edit");
  press("Leave as it was");
  expect(local.notSent().map(({ body }) => body)).toEqual(["Install party\non the 27th"]);
});

test("it goes only when its author discards it", async () => {
  const local = await openDrawer();
  press("Discard");
  expect(local.notSent()).toEqual([]);
  expect(bodies(local)).toEqual([]);
});

test("what only waits for a network is told apart from what was refused", async () => {
  const local = await openDrawer();
  local.setOnline(false);
  await local.send(commons.id, { body: "hello", mentions: [] });
  expect(screen.getByText("1 message waits for a network")).toBeTruthy();
  const [row] = local.rowsOf(commons.id);
  await local.react(commons.id, { author: row?.author as MemberId, id: row?.id as EntryId }, "👍", true);
  expect(screen.getByText("1 message and 1 change wait for a network")).toBeTruthy();
  expect(screen.getByText(/1 message was not accepted/)).toBeTruthy();
});

test("of a page that is gone there is nothing to copy but what one wrote", () => {
  const draft = {
    id: "1",
    page: "01900000-0000-7000-8000-0000000000aa" as PageId,
    title: "Before you ask",
    written: "A rule of mine",
    own: "A rule of mine",
    whole: "",
    at: Date.now(),
    code: "not-a-member",
    reason: "This page is no longer there for you.",
  } as const;
  openPage(() => <NotSentDrawer onClose={() => {}} />, { local: newLocal("member", [draft]) });
  expect(screen.getByRole("button", { name: "Copy what you wrote" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Copy the whole page" })).toBeNull();
});

test("what was not accepted of a page is there with its reason, and goes only when its author discards it", async () => {
  const draft = {
    id: "1",
    page: "01900000-0000-7000-8000-0000000000aa" as PageId,
    title: "Before you ask",
    written: "A rule of mine",
    own: "A rule of mine",
    whole: "All of it\n\nA rule of mine",
    at: Date.now(),
    code: "forbidden",
    reason: "You may no longer edit this page. Nobody saw what you wrote.",
  } as const;
  const local = newLocal("member", [draft]);
  openPage(() => <NotSentDrawer onClose={() => {}} />, { local });
  const kept = within(screen.getByRole("article", { name: "What you wrote on Before you ask" }));
  expect(kept.getByText("A rule of mine")).toBeTruthy();
  expect(kept.getByText("You may no longer edit this page. Nobody saw what you wrote.")).toBeTruthy();
  expect(screen.getByText(/1 change was not accepted/)).toBeTruthy();
  press("Discard");
  await Promise.resolve();
  expect(screen.queryByRole("article")).toBeNull();
});

import { fireEvent, screen } from "@solidjs/testing-library";
import { createSignal, Show } from "solid-js";
import { expect, test } from "vitest";

import { useApi } from "#client/api/use-api.ts";
import type { MemoryLocal } from "#tests/support/local.ts";
import { openPage } from "#tests/support/page.tsx";
import { bob, commons, newLocal } from "#tests/support/commons.ts";

import { Composer } from "./Composer.tsx";
import { createPeople } from "./create-people.ts";
import { createTalk } from "./create-talk.ts";
import { TalkContext } from "./use-talk.ts";

/** The composer of commons; `close` and `open` are what going to another channel and back does. */
function openComposer(local: MemoryLocal = newLocal(), answers: Readonly<Record<string, () => unknown>> = {}) {
  const [isOpen, setOpen] = createSignal(true);
  const edited: string[] = [];

  function Place() {
    const timeline = local.openTimeline(() => commons.id);
    const talk = createTalk({
      local,
      people: createPeople(local, useApi(), commons, timeline),
      place: commons,
      timeline,
      jumpTo() {},
      onAnswer() {},
      ask() {},
      go() {},
    });
    return (
      <TalkContext.Provider value={talk}>
        <Composer ref={() => {}} onSent={() => {}} onEditLast={() => edited.push("last")} />
      </TalkContext.Provider>
    );
  }

  openPage(
    () => (
      <Show when={isOpen()}>
        <Place />
      </Show>
    ),
    { local, answers },
  );
  return { local, edited, close: () => setOpen(false), open: () => setOpen(true) };
}

const box = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message to commons" });

function type(text: string): void {
  fireEvent.input(box(), { target: { value: text } });
  box().setSelectionRange(text.length, text.length);
  fireEvent.click(box());
}

const said = (local: MemoryLocal) => local.rowsOf(commons.id).map(({ body, mentions }) => ({ body, mentions }));

test("Enter sends what is written, and the box is empty for the next sentence", () => {
  const { local } = openComposer();
  type("hello");
  fireEvent.keyDown(box(), { key: "Enter" });

  expect(box().value).toBe("");
  expect(said(local)).toEqual([{ body: "hello", mentions: [] }]);
});

test.for([
  ["Shift and Enter break the line", { key: "Enter", shiftKey: true }],
  ["Enter belongs to an input method while it composes", { key: "Enter", isComposing: true }],
] as const)("%s", ([, key]) => {
  const { local } = openComposer();
  type("你好");
  fireEvent.keyDown(box(), key);

  expect(said(local)).toEqual([]);
  expect(box().value).toBe("你好");
});

test("nothing but blanks is not sent", () => {
  const { local } = openComposer();
  type("  \n ");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(said(local)).toEqual([]);
});

test("what was begun is there when one comes back, with whom it answers", () => {
  const local = newLocal();
  const of = local.arrive(commons.id, bob.id, { kind: "message", body: "who has the key?" });
  local.saveDraft(commons.id, { body: "I ha", re: of });
  const { close, open } = openComposer(local);

  expect(box().value).toBe("I ha");
  expect(screen.getByText("who has the key?")).toBeTruthy();
  type("I have it");
  close();
  open();
  expect(box().value).toBe("I have it");
});

test("a draft is gone once its message is sent", async () => {
  const { local } = openComposer();
  type("hello");
  fireEvent.keyDown(box(), { key: "Enter" });
  await expect.poll(() => local.draft(commons.id)?.body).toBe("");
});

test("whoever is chosen after an @ is mentioned, for as long as the name stands there", async () => {
  const { local } = openComposer();
  local.arrive(commons.id, bob.id, { kind: "message", body: "hello" });
  type("thanks @bo");
  expect(await screen.findByRole("option", { name: "Bob" })).toBeTruthy();
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(box().value).toBe("thanks @Bob ");
  fireEvent.keyDown(box(), { key: "Enter" });

  type("@bo");
  await screen.findByRole("option", { name: "Bob" });
  fireEvent.keyDown(box(), { key: "Tab" });
  type("nobody");
  fireEvent.keyDown(box(), { key: "Enter" });

  expect(said(local).slice(1)).toEqual([
    { body: "thanks @Bob", mentions: [bob.id] },
    { body: "nobody", mentions: [] },
  ]);
});

test("members who have not spoken yet are found by the server", async () => {
  const dave = { id: "01900000-0000-7000-8000-000000000099", name: "Dave", role: "member", joinedAt: 1 };
  openComposer(newLocal(), { [`GET /communities/${commons.community}/members`]: () => ({ members: [dave] }) });
  type("@da");
  expect(await screen.findByRole("option", { name: "Dave" })).toBeTruthy();
});

test("members who have not spoken yet are found by the server", async () => {
  const dave = { id: "01900000-0000-7000-8000-000000000099", name: "Dave", role: "member", joinedAt: 1 };
  openComposer(newLocal(), { [`GET /communities/${commons.community}/members`]: () => ({ members: [dave] }) });
  type("@da");
  expect(await screen.findByRole("option", { name: "Dave" })).toBeTruthy();
});

test("Escape closes the list of people and leaves the text", async () => {
  const { local } = openComposer();
  local.arrive(commons.id, bob.id, { kind: "message", body: "hello" });
  type("@bo");
  await screen.findByRole("option", { name: "Bob" });
  fireEvent.keyDown(box(), { key: "Escape" });

  expect(screen.queryByRole("option")).toBeNull();
  expect(box().value).toBe("@bo");
});

test("a text that is too long says by how much, and is not sent", () => {
  const { local } = openComposer();
  type("a".repeat(8_012));
  fireEvent.keyDown(box(), { key: "Enter" });

  expect(screen.getByText("12 characters too many. Send it in two parts.")).toBeTruthy();
  expect(said(local)).toEqual([]);
});

test("a device that cannot keep a message gives the text back", async () => {
  const local = { ...newLocal(), send: () => Promise.reject(new Error("full")) };
  openComposer(local);
  type("hello");
  fireEvent.keyDown(box(), { key: "Enter" });
  await expect.poll(() => box().value).toBe("hello");
});

test("the arrow up in an empty box edits one's last message, and moves the caret in any other", () => {
  const { edited } = openComposer();
  fireEvent.keyDown(box(), { key: "ArrowUp" });
  type("hello");
  fireEvent.keyDown(box(), { key: "ArrowUp" });
  expect(edited).toEqual(["last"]);
});

test("without a network it says what waits, and still takes messages", () => {
  const { local } = openComposer();
  local.setOnline(false);
  type("hello");
  fireEvent.keyDown(box(), { key: "Enter" });

  expect(screen.getByRole("status").textContent).toContain(
    "You are offline. Keep writing: 1 message waits here and leave",
  );
  expect(said(local)).toHaveLength(1);
});

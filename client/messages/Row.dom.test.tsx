import { fireEvent, screen } from "@solidjs/testing-library";
import { For } from "solid-js";
import { expect, test } from "vitest";

import { useApi } from "#client/api/use-api.ts";
import type { MemoryLocal } from "#tests/support/local.ts";
import { alice, bob, carol, commons, newLocal } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import { createPeople } from "./create-people.ts";
import { createTalk } from "./create-talk.ts";
import { RowView } from "./Row.tsx";
import { TalkContext } from "./use-talk.ts";

/** The rows of commons, one below the other. */
function openRows(local: MemoryLocal) {
  const asked: string[] = [];
  const jumps: string[] = [];

  openPage(
    () => {
      const timeline = local.openTimeline(() => commons.id);
      const talk = createTalk({
        local,
        people: createPeople(local, useApi(), commons, timeline),
        place: commons,
        timeline,
        go() {},
        onAnswer() {},
        jumpTo: (of) => jumps.push(of.id),
        ask: (about, row) => asked.push(`${about} ${row.body}`),
      });
      return (
        <TalkContext.Provider value={talk}>
          <For each={timeline.rows()}>
            {(row, index) => <RowView row={row} starts position={index() + 1} size={2} stop={false} found={false} />}
          </For>
        </TalkContext.Provider>
      );
    },
    { local },
  );
  return { asked, jumps };
}

const rowOf = (name: RegExp) => screen.getByRole("article", { name });

test("a row tells who said it, when, and that it has not left this device", async () => {
  const local = newLocal();
  local.setOnline(false);
  await local.send(commons.id, { body: "hello", mentions: [] });
  openRows(local);

  expect(rowOf(/^Alice, .*, on this device$/).textContent).toContain("on this device");
  local.setOnline(true);
  expect(screen.getByTitle("On the server")).toBeTruthy();
});

test("what a moderator hid is veiled with the reason until one looks", () => {
  const local = newLocal();
  const of = local.arrive(commons.id, bob.id, { kind: "message", body: "buy my book" });
  local.arrive(commons.id, carol.id, { kind: "hide", of, reason: "advertising" });
  openRows(local);

  expect(rowOf(/hidden/).textContent).toContain("Hidden by Carol: advertising.");
  expect(screen.queryByText("buy my book")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(screen.getByText("buy my book")).toBeTruthy();
});

test("what its author took back leaves one line and no word of it", () => {
  const local = newLocal();
  const of = local.arrive(commons.id, bob.id, { kind: "message", body: "my password is tulip" });
  local.arrive(commons.id, bob.id, { kind: "retract", of, what: "message" });
  openRows(local);

  expect(rowOf(/^Bob/).textContent).toContain("Removed by its author");
  expect(document.body.textContent).not.toContain("tulip");
});

test("markup becomes elements of ours, and HTML stays the text that it is", async () => {
  const local = newLocal();
  local.arrive(commons.id, bob.id, {
    kind: "message",
    body: "**bold** <img src=x onerror=alert(1)> [bad](javascript:alert(1)) https://example.org",
  });
  openRows(local);

  expect((await screen.findByText("bold")).tagName).toBe("STRONG");
  expect(document.querySelector("img, a[href^='javascript']")).toBeNull();
  expect(rowOf(/^Bob/).textContent).toContain("<img src=x onerror=alert(1)>");
  expect(screen.getByRole("link", { name: "https://example.org" }).getAttribute("rel")).toContain("noopener");
});

test("things to do bear their boxes in place of bullets", async () => {
  const local = newLocal();
  local.arrive(commons.id, bob.id, { kind: "message", body: "- [x] wifi\n- [ ] suspend\n- neither" });
  openRows(local);

  const markerOf = async (text: string) => (await screen.findByText(text)).closest("li")?.style.listStyleType;
  expect(await markerOf("wifi")).toBe('"☑ "');
  expect(await markerOf("suspend")).toBe('"☐ "');
  expect(await markerOf("neither")).toBe("");
});

test("a link to a message here is followed on this page, every other in a new one", async () => {
  const local = newLocal();
  const there = `${location.origin}/c/one/two?at=three`;
  local.arrive(commons.id, bob.id, { kind: "message", body: `[here](${there}), [docs](${location.origin}/docs)` });
  openRows(local);

  expect((await screen.findByRole("link", { name: "here" })).getAttribute("target")).toBeNull();
  expect(screen.getByRole("link", { name: "docs" }).getAttribute("target")).toBe("_blank");
});

test("a message that means me is marked, with my name in it", () => {
  const local = newLocal();
  local.arrive(commons.id, bob.id, {
    kind: "message",
    body: "thanks @Alice and @Carol",
    mentions: [alice.id, carol.id],
  });
  openRows(local);

  expect(rowOf(/^Bob/).classList.contains("me-said")).toBe(true);
  expect(screen.getByText("@Alice").classList.contains("me")).toBe(true);
  expect(screen.getByText("@Carol").classList.contains("me")).toBe(false);
});

test("an answer names what it answers and leads there, also when that was taken back", () => {
  const local = newLocal();
  const first = local.arrive(commons.id, bob.id, { kind: "message", body: "who has the **key**?" });
  const gone = local.arrive(commons.id, bob.id, { kind: "message", body: "secret" });
  local.arrive(commons.id, bob.id, { kind: "retract", of: gone, what: "message" });
  local.arrive(commons.id, carol.id, { kind: "message", body: "I do", re: first });
  local.arrive(commons.id, carol.id, { kind: "message", body: "what?", re: gone });
  const { jumps } = openRows(local);

  const links = screen.getAllByRole("button", { name: /In answer to/ });
  expect(links.map((link) => link.textContent)).toEqual([
    "In answer toBobwho has the key?",
    "In answer toBobRemoved by its author",
  ]);
  fireEvent.click(links[0] as HTMLElement);
  expect(jumps).toEqual([first.id]);
});

test("a reaction that is pressed is mine, and pressed again it is not; the focus stays on it", () => {
  const local = newLocal();
  const of = local.arrive(commons.id, bob.id, { kind: "message", body: "done" });
  local.arrive(commons.id, carol.id, { kind: "reaction", of, key: "👍", on: true });
  openRows(local);

  const chip = () => screen.getByRole("button", { name: /👍/ });
  fireEvent.click(chip());
  expect(chip().getAttribute("aria-pressed")).toBe("true");
  expect(chip().getAttribute("aria-label")).toBe("👍 2, like: Carol and Alice");
  fireEvent.click(chip());
  expect(chip().getAttribute("aria-pressed")).toBe("false");
});

test("an edited message shows its last wording and asks for the earlier ones", () => {
  const local = newLocal();
  const of = local.arrive(commons.id, bob.id, { kind: "message", body: "frist" });
  local.arrive(commons.id, bob.id, { kind: "edit", of, body: "first" });
  const { asked } = openRows(local);

  expect(screen.getByText("first")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /Show earlier text/ }));
  expect(asked).toEqual(["history first"]);
});

import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { ChannelId, MemberId } from "#shared/ids.ts";
import { createMemoryLocal } from "#tests/support/local.ts";
import { epod, openPage } from "#tests/support/page.tsx";

import { GroupPage } from "./GroupPage.tsx";

const id = "01900000-0000-7000-8000-000000000201" as ChannelId;
const bob = { id: "01900000-0000-7000-8000-000000000102" as MemberId, name: "Bob" };
const group = { of: "conversation" as const, id, kind: "group" as const, name: "", participants: [epod.id, bob.id] };
const local = () => createMemoryLocal({ me: epod, people: [bob], conversations: [group] });
const at = { path: "/conversations/:conversation/group", at: `/conversations/${id}/group` };

test("a group without a name is called after those in it, and can be given one", async () => {
  const page = openPage(GroupPage, {
    ...at,
    local: local(),
    answers: { [`PATCH /conversations/${id}`]: () => ({ id, kind: "group", name: "Lab", participants: [] }) },
  });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Bob");
  fireEvent.input(screen.getByLabelText("Name of the group"), { target: { value: "Lab" } });
  fireEvent.click(screen.getByRole("button", { name: "Save the name" }));

  expect(await screen.findByText("Everybody in it sees it now.")).toBeTruthy();
  expect(page.asked.at(-1)?.body).toEqual({ name: "Lab" });
});

test("leaving asks before, and without a network one stays", async () => {
  const page = openPage(GroupPage, { ...at, local: local() });
  fireEvent.click(screen.getByRole("button", { name: "Leave the group" }));
  fireEvent.click(screen.getByRole("button", { name: "Leave", hidden: true }));

  expect((await screen.findByRole("alert", { hidden: true })).textContent).toContain("cannot be reached");
  expect(page.address()).toBe(at.at);
});

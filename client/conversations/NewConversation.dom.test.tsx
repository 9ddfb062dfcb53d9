import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { openPage } from "#tests/support/page.tsx";

import { NewConversationPage } from "./NewConversationPage.tsx";

const alice = { id: "01900000-0000-7000-8000-000000000101", name: "Alice" };
const bob = { id: "01900000-0000-7000-8000-000000000102", name: "Bob" };
const found = "01900000-0000-7000-8000-000000000201";

async function choose(name: string): Promise<void> {
  const field = screen.getByRole("combobox");
  fireEvent.input(field, { target: { value: name } });
  await screen.findByRole("option", { name });
  fireEvent.keyDown(field, { key: "Enter" });
}

const open = () =>
  openPage(NewConversationPage, {
    path: "/conversations/new",
    answers: {
      "GET /people": () => ({ people: [alice, bob] }),
      "POST /conversations": (body) => ({
        id: found,
        kind: (body as { kind: string }).kind,
        name: "",
        participants: [],
      }),
    },
  });

test("with one person it is a direct conversation", async () => {
  const page = open();
  await choose("Alice");
  fireEvent.click(screen.getByRole("button", { name: "Begin" }));

  await expect.poll(() => page.asked.at(-1)?.body).toEqual({ kind: "direct", people: [alice.id] });
});

test("with several it is a group, and whoever was chosen can be taken back with Backspace", async () => {
  const page = open();
  await choose("Alice");
  await choose("Bob");
  expect(screen.getByLabelText("Name of the group")).toBeTruthy();

  fireEvent.keyDown(screen.getByRole("combobox"), { key: "Backspace" });
  expect(screen.queryByLabelText("Name of the group")).toBeNull();

  await choose("Bob");
  fireEvent.click(screen.getByRole("button", { name: "Begin the group" }));
  await expect.poll(() => page.asked.at(-1)?.body).toEqual({ kind: "group", people: [alice.id, bob.id] });
});

test("with nobody nothing is begun, and it is said what is missing", async () => {
  const page = open();
  fireEvent.click(screen.getByRole("button", { name: "Begin" }));

  expect(await screen.findByText("Choose somebody to talk with.")).toBeTruthy();
  expect(page.asked).toEqual([]);
});

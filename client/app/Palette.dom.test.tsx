import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { conversationPath, talkPath } from "#client/paths.ts";
import { commons, newLocal, withBob } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import { Palette } from "./Palette.tsx";

function openPalette() {
  const closed: true[] = [];
  const page = openPage(() => <Palette onClose={() => closed.push(true)} />, { local: newLocal() });
  return { ...page, closed };
}

const box = () => screen.getByRole("combobox", { name: "Go to" });
const type = (text: string) => fireEvent.input(box(), { target: { value: text } });
const found = () => screen.queryAllByRole("option").map((option) => option.textContent);

test("a few letters find a place, those that begin with them first", () => {
  openPalette();
  type("ne");
  expect(found()[0]).toBe("newsNorthern Networks");
  type("cmns");
  expect(found()).toEqual(["commonsNorthern Networks"]);
});

test("Enter goes where the arrows chose", async () => {
  const { address, closed } = openPalette();
  type("o");
  const wanted = found().indexOf("commonsNorthern Networks");
  for (let step = 0; step < wanted; step++) fireEvent.keyDown(box(), { key: "ArrowDown" });
  fireEvent.keyDown(box(), { key: "Enter" });

  await expect.poll(address).toBe(talkPath(commons));
  expect(closed).toHaveLength(1);
});

test("conversations are found by the name of the other", async () => {
  const { address } = openPalette();
  type("bob");
  fireEvent.keyDown(box(), { key: "Enter" });
  await expect.poll(address).toBe(conversationPath(withBob.id));
});

test("a name that nobody has says so", () => {
  openPalette();
  type("zzz");
  expect(found()).toEqual([]);
  expect(screen.getByText(/Nothing by that name/)).toBeTruthy();
});

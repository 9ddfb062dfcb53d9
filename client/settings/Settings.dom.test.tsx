import { fireEvent, screen } from "@solidjs/testing-library";
import { beforeEach, expect, test, vi } from "vitest";

import { readAppearance } from "#client/storage/appearance.ts";
import { tallyOf } from "#client/sync/tally.ts";
import type { PageId } from "#shared/ids.ts";
import { newLocal } from "#tests/support/commons.ts";
import { createMemoryLocal } from "#tests/support/local.ts";
import { epod, openPage } from "#tests/support/page.tsx";

import { AppearancePage } from "./AppearancePage.tsx";
import { SignInSettingsPage } from "./SignInSettingsPage.tsx";
import { SignOutDialog } from "./SignOutDialog.tsx";

beforeEach(() => localStorage.clear());

test("a theme is shown at once and kept on this device", () => {
  openPage(AppearancePage);
  fireEvent.click(screen.getByLabelText("Dark"));

  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(readAppearance().theme).toBe("dark");
});

test("what cannot be read counts as not chosen", () => {
  localStorage.setItem("folkmoot.appearance", '{"theme":"pink"}');

  expect(readAppearance()).toEqual({ theme: "system", density: "roomy", lessMotion: false, sendWithEnter: true });
});

test("another session can be ended, this one is marked", async () => {
  const session = (handle: string, device: string, current: boolean) => ({
    handle,
    device,
    createdAt: 1,
    seenAt: 2,
    current,
  });
  const here = "01900000-0000-7000-8000-000000000011";
  const phone = "01900000-0000-7000-8000-000000000012";
  openPage(SignInSettingsPage, {
    answers: {
      "GET /me/sessions": () => ({
        sessions: [session(phone, "Chrome on Android", false), session(here, "Firefox on Linux", true)],
      }),
      [`DELETE /me/sessions/${phone}`]: () => ({}),
    },
  });

  expect(await screen.findByText("this one")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Sign out: Chrome on Android" }));
  await expect.poll(() => screen.queryByText("Chrome on Android")).toBeNull();
  expect(screen.getByText("Firefox on Linux")).toBeTruthy();
});

test("a token is shown once when it is made, and listed until it is revoked", async () => {
  const handle = "01900000-0000-7000-8000-000000000021";
  const token = { handle, name: "Weather bot", createdAt: 1, works: true };
  let tokens = [{ ...token, name: "Old bot", works: false, handle: "01900000-0000-7000-8000-000000000022" }];
  openPage(SignInSettingsPage, {
    answers: {
      "GET /me/sessions": () => ({ sessions: [] }),
      "GET /me/tokens": () => ({ tokens }),
      "POST /me/tokens": () => {
        tokens = [token, ...tokens];
        return { token: "folkmoot_secret", handle };
      },
      [`DELETE /me/tokens/${handle}`]: () => ({}),
    },
  });

  expect(await screen.findByText("opens nothing any more")).toBeTruthy();
  fireEvent.input(screen.getByLabelText("What the token is for"), { target: { value: "Weather bot" } });
  fireEvent.click(screen.getByRole("button", { name: "Make a token" }));
  expect(await screen.findByDisplayValue("folkmoot_secret")).toBeTruthy();

  fireEvent.click(await screen.findByRole("button", { name: "Revoke: Weather bot" }));
  await expect.poll(() => screen.queryByText("Weather bot")).toBeNull();
  expect(screen.getByText("Old bot")).toBeTruthy();
});

test("signing out asks about what has not left this device", () => {
  const local = createMemoryLocal({ me: epod });
  local.setDevice({ waiting: 2, leaving: tallyOf(["message", "message"]) });
  openPage(() => <SignOutDialog onClose={() => {}} />, { local });

  expect(
    screen.getByText("2 messages have not left this device. Send, copy or discard them, then sign out."),
  ).toBeTruthy();
  expect(screen.getByRole("button", { name: "Discard and sign out", hidden: true })).toBeTruthy();
});

test("signing out without a network wipes nothing and says why", async () => {
  const page = openPage(() => <SignOutDialog onClose={() => {}} />);
  fireEvent.click(screen.getByRole("button", { name: "Sign out", hidden: true }));

  expect((await screen.findByRole("alert", { hidden: true })).textContent).toContain("cannot be reached");
  expect(page.left.times).toBe(0);
});

test("who signs out takes along what they wrote on a page, and nothing else of it", async () => {
  const draft = {
    id: "1",
    page: "01900000-0000-7000-8000-0000000000aa" as PageId,
    title: "Before you ask",
    written: "A rule of mine",
    own: "A rule of mine",
    whole: "What others wrote\n\nA rule of mine",
    at: Date.now(),
    code: "forbidden",
    reason: "You may no longer edit this page.",
  } as const;
  const copied: string[] = [];
  vi.stubGlobal("navigator", {
    ...navigator,
    clipboard: { writeText: async (text: string) => void copied.push(text) },
  });
  openPage(() => <SignOutDialog onClose={() => {}} />, { local: newLocal("member", [draft]) });
  fireEvent.click(screen.getByRole("button", { name: "Copy what was not accepted", hidden: true }));
  await expect.poll(() => copied).toEqual(["A rule of mine"]);
  vi.unstubAllGlobals();
});

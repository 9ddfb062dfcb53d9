import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { epod, openPage } from "#tests/support/page.tsx";

import { SessionEnded } from "./SessionEnded.tsx";

const me = { ...epod, login: "epod", platformAdmin: false, session: "01900000-0000-7000-8000-000000000002", incarnation: "one" };

function signInAgain(): void {
  fireEvent.click(screen.getByRole("button", { name: "Sign in again" }));
  fireEvent.input(screen.getByLabelText("Login"), { target: { value: "epod" } });
  fireEvent.input(screen.getByLabelText("Password"), { target: { value: "eight discs and a printer" } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in", hidden: true }));
}

test("whose session has ended signs in again without leaving the place", async () => {
  const renewed = { times: 0 };
  openPage(() => <SessionEnded onRenewed={() => (renewed.times += 1)} />, { answers: { "POST /sign-in": () => me } });
  signInAgain();

  await expect.poll(() => renewed.times).toBe(1);
});

test("somebody else is not let into what waits here, and their session is given back", async () => {
  const stranger = { ...me, id: "01900000-0000-7000-8000-000000000009" };
  const renewed = { times: 0 };
  const page = openPage(() => <SessionEnded onRenewed={() => (renewed.times += 1)} />, {
    answers: { "POST /sign-in": () => stranger, "POST /sign-out": () => ({}) },
  });
  signInAgain();

  expect(await screen.findByText("This is not epod's login.")).toBeTruthy();
  expect(page.asked.at(-1)?.call).toBe("POST /sign-out");
  expect(renewed.times).toBe(0);
});

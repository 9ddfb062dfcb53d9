import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { Local } from "#client/sync/local.ts";
import { createMemoryLocal } from "#tests/support/local.ts";
import { epod, openPage, refusal } from "#tests/support/page.tsx";

import { SignInPage } from "./SignInPage.tsx";

const me = {
  ...epod,
  login: "epod",
  platformAdmin: false,
  session: "01900000-0000-7000-8000-000000000002",
  incarnation: "one",
};

function fillIn(login: string, password: string): void {
  fireEvent.input(screen.getByLabelText("Login"), { target: { value: login } });
  fireEvent.input(screen.getByLabelText("Password"), { target: { value: password } });
  fireEvent.click(screen.getByRole("button", { name: "Sign in" }));
}

test("somebody who signs in goes on to where they wanted to go", async () => {
  const page = openPage(SignInPage, {
    path: "/sign-in",
    at: "/sign-in?to=%2Fsearch",
    signedOut: true,
    answers: { "POST /sign-in": () => me },
  });
  fillIn("epod", "eight discs and a printer");

  await expect.poll(() => page.address()).toBe("/search");
});

test("a link cannot send somebody to another site", async () => {
  const page = openPage(SignInPage, {
    path: "/sign-in",
    at: "/sign-in?to=%2F%2Fevil.example%2F",
    signedOut: true,
    answers: { "POST /sign-in": () => me },
  });
  fillIn("epod", "eight discs and a printer");

  await expect.poll(() => page.address()).toBe("/");
});

test("a wrong password is told, and what was typed stays", async () => {
  openPage(SignInPage, {
    path: "/sign-in",
    signedOut: true,
    answers: { "POST /sign-in": () => refusal("sign-in-failed") },
  });
  fillIn("epod", "not this one");

  expect((await screen.findByRole("alert")).textContent).toContain("do not belong together");
  expect(screen.getByLabelText<HTMLInputElement>("Login").value).toBe("epod");
  expect(screen.getByLabelText<HTMLInputElement>("Password").value).toBe("not this one");
});

test("without a network it is said that the server cannot be reached", async () => {
  openPage(SignInPage, { path: "/sign-in", signedOut: true });
  fillIn("epod", "eight discs and a printer");

  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
});

test("whose session has ended is told that what waits here is kept", () => {
  const local: Local = { ...createMemoryLocal({ me: epod }), connection: () => ({ state: "signed-out" }) };
  openPage(SignInPage, { path: "/sign-in", local });

  expect(screen.getByText(/Your session has ended, epod/)).toBeTruthy();
});

test("whoever is signed in goes straight on", async () => {
  const page = openPage(SignInPage, { path: "/sign-in", at: "/sign-in?to=%2Fsearch" });

  await expect.poll(() => page.address()).toBe("/search");
});

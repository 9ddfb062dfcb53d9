import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { openPage, refusal } from "#tests/support/page.tsx";

import { SignUpPage } from "./SignUpPage.tsx";

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string, value: string) => fireEvent.input(field(label), { target: { value } });
const send = () => fireEvent.click(screen.getByRole("button", { name: "Create the account" }));

test("a password that is too short is told next to it, in characters, and nothing is sent", async () => {
  const page = openPage(SignUpPage, { path: "/sign-up", signedOut: true });
  type("Your name", "Alice");
  type("Login", "alice");
  type("Password", "short");
  send();

  expect((await screen.findByRole("alert")).textContent).toBe(
    "5 characters so far. Make it at least 10; a sentence is good.",
  );
  await expect.poll(() => document.activeElement).toBe(field("Password"));
  expect(page.asked.filter(({ call }) => call !== "GET /installation")).toEqual([]);
});

test("a login that cannot be had is told next to the login, and the rest stays", async () => {
  openPage(SignUpPage, {
    path: "/sign-up",
    signedOut: true,
    answers: { "POST /sign-up": () => refusal("login-unavailable") },
  });
  type("Your name", "Alice");
  type("Login", "alice");
  type("Password", "eight discs and a printer");
  send();

  await expect.poll(() => field("Login").getAttribute("aria-invalid")).toBe("true");
  expect(field("Your name").value).toBe("Alice");
  expect(field("Password").value).toBe("eight discs and a printer");

  type("Login", "alice2");
  expect(field("Login").getAttribute("aria-invalid")).toBeNull();
});

test("a password can be looked at while it is typed", () => {
  openPage(SignUpPage, { path: "/sign-up", signedOut: true });
  type("Password", "eight discs and a printer");
  fireEvent.click(screen.getByRole("button", { name: "Show the password" }));

  expect(field("Password").type).toBe("text");
  expect(field("Password").value).toBe("eight discs and a printer");
});

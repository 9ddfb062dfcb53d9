import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { epod, openPage, refusal } from "#tests/support/page.tsx";

import { InvitationPage } from "./InvitationPage.tsx";

const token = "k3bhfs9f2ck3bhfs9f2ck3bhfs9f2c";
const lab = {
  id: "01900000-0000-7000-8000-000000000012",
  name: "Lab Keepers",
  description: "",
  rules: "Say which release you run.",
  hue: 28,
  members: 86,
};
const preview = { community: lab, role: "member", member: false };
const at = { path: "/invitation", at: `/invitation#${token}` };

test("whoever has no account makes one and joins with one form", async () => {
  const me = {
    ...epod,
    login: "epod",
    platformAdmin: false,
    session: "01900000-0000-7000-8000-000000000002",
    incarnation: "one",
  };
  const page = openPage(InvitationPage, {
    ...at,
    signedOut: true,
    answers: { [`GET /invitations/${token}`]: () => preview, "POST /sign-up": () => me },
  });
  fireEvent.input(await screen.findByLabelText("Your name"), { target: { value: "epod" } });
  fireEvent.input(screen.getByLabelText("Login"), { target: { value: "epod" } });
  fireEvent.input(screen.getByLabelText("Password"), { target: { value: "eight discs and a printer" } });
  fireEvent.click(screen.getByRole("button", { name: "Accept the rules and join" }));

  await expect.poll(() => page.address()).toBe(`/c/${lab.id}`);
  expect(page.asked.at(-1)?.body).toMatchObject({ login: "epod", invitation: token });
});

test("whoever is in it already is led in", async () => {
  openPage(InvitationPage, { ...at, answers: { [`GET /invitations/${token}`]: () => ({ ...preview, member: true }) } });

  expect((await screen.findByRole("link", { name: "Open it" })).getAttribute("href")).toBe(`/c/${lab.id}`);
});

test("an invitation that is over says whom to ask", async () => {
  openPage(InvitationPage, {
    ...at,
    signedOut: true,
    answers: { [`GET /invitations/${token}`]: () => refusal("invitation-void") },
  });

  expect(await screen.findByText(/Ask whoever sent it/)).toBeTruthy();
});

test("half a link is told as half a link", async () => {
  openPage(InvitationPage, { path: "/invitation", signedOut: true });

  expect(await screen.findByText(/The end of this link is missing/)).toBeTruthy();
});

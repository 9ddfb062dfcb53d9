import { fireEvent, screen } from "@solidjs/testing-library";
import { createSignal } from "solid-js";
import { expect, test } from "vitest";

import type { Local } from "#client/sync/local.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { createMemoryLocal } from "#tests/support/local.ts";
import { epod, openPage, refusal } from "#tests/support/page.tsx";

import { AboutPage } from "./AboutPage.tsx";
import { InvitationsPage } from "./InvitationsPage.tsx";
import { NewCommunityPage } from "./NewCommunityPage.tsx";

const id = "01900000-0000-7000-8000-000000000012" as CommunityId;
const channel = "01900000-0000-7000-8000-000000000021" as ChannelId;
const lab = {
  id,
  name: "Lab Keepers",
  description: "",
  rules: "Say which release you run.",
  hue: 28,
  access: "open",
  archived: false,
  members: 86,
} as const;

/** Somebody who has Lab Keepers on this device, with one channel. */
const keeper = () =>
  createMemoryLocal({
    me: epod,
    role: "admin",
    communities: [{ ...lab, of: "community" }],
    channels: [
      {
        of: "channel",
        id: channel,
        community: id,
        name: "commons",
        topic: "",
        kind: "chat",
        private: false,
        position: 0,
        archived: false,
      },
    ],
  });

test("whether it is one's first is asked of all that this device learns", async () => {
  const [communities, setCommunities] = createSignal<ReturnType<Local["communities"]>>([]);
  openPage(NewCommunityPage, { path: "/communities/new", local: { ...keeper(), communities } });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Your first community");

  setCommunities([{ ...lab, of: "community" }]);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("A new community");
});

test("a community is founded with the channel and the colour that were chosen, and then opened", async () => {
  const page = openPage(NewCommunityPage, {
    path: "/communities/new",
    local: keeper(),
    answers: { "POST /communities": () => lab },
  });
  fireEvent.input(screen.getByLabelText("Name"), { target: { value: "Lab Keepers" } });
  fireEvent.input(screen.getByLabelText("First channel"), { target: { value: "benches" } });
  fireEvent.click(screen.getByLabelText("red"));
  fireEvent.click(screen.getByRole("button", { name: "Create the community" }));

  await expect.poll(() => page.address()).toBe(`/c/${id}`);
  expect(page.asked.find(({ body }) => body !== undefined)?.body).toEqual({
    name: "Lab Keepers",
    channel: "benches",
    hue: 28,
    access: "open",
  });
});

test("the door opens when the rules are accepted", async () => {
  const page = openPage(AboutPage, {
    path: "/communities/:community",
    at: `/communities/${id}`,
    answers: { [`GET /communities/${id}`]: () => lab },
  });
  const join = await screen.findByRole("button", { name: "Join" });
  fireEvent.click(join);
  expect(page.asked.some(({ call }) => call.endsWith("/join"))).toBe(false);

  fireEvent.click(screen.getByLabelText("I accept the rule"));
  fireEvent.click(join);
  await expect.poll(() => page.asked.some(({ call }) => call.endsWith("/join"))).toBe(true);
});

test("what is not there and what is not yours are one sentence", async () => {
  openPage(AboutPage, {
    path: "/communities/:community",
    at: `/communities/${id}`,
    answers: { [`GET /communities/${id}`]: () => refusal("not-found") },
  });

  expect(await screen.findByText(/The address is wrong, or it is private/)).toBeTruthy();
});

test("a link is shown once, with its limits asked before", async () => {
  const invitation = {
    id: "01900000-0000-7000-8000-000000000031",
    role: "member",
    usesLeft: 10,
    createdAt: 1,
    createdBy: "epod",
  };
  const page = openPage(InvitationsPage, {
    path: "/c/:community/settings/invitations",
    at: `/c/${id}/settings/invitations`,
    local: keeper(),
    answers: {
      [`GET /communities/${id}/invitations`]: () => ({ invitations: [invitation] }),
      [`POST /communities/${id}/invitations`]: () => ({
        invitation,
        url: "https://moot.example/invitation#abc",
        token: "k3bhfs9f2ck3bhfs9f2c",
      }),
    },
  });
  fireEvent.change(screen.getByLabelText("How long"), { target: { value: "24" } });
  fireEvent.click(screen.getByRole("button", { name: "Make a link" }));

  expect((await screen.findByLabelText<HTMLInputElement>("The link")).value).toBe(
    "https://moot.example/invitation#abc",
  );
  expect(page.asked.find(({ call }) => call.startsWith("POST"))?.body).toEqual({ role: "member", uses: 10, hours: 24 });
});

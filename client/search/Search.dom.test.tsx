import { fireEvent, screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { createMemoryLocal } from "#tests/support/local.ts";
import { epod, openPage } from "#tests/support/page.tsx";

import { SearchPage } from "./SearchPage.tsx";

const channel = "01900000-0000-7000-8000-000000000021" as ChannelId;
const entry = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

const reader = () =>
  createMemoryLocal({
    me: epod,
    channels: [
      {
        of: "channel",
        id: channel,
        community: "01900000-0000-7000-8000-000000000012" as CommunityId,
        name: "support",
        topic: "",
        kind: "chat",
        private: false,
        position: 0,
        archived: false,
      },
    ],
  });

test("what was found is marked, and leads to the message among its neighbours", async () => {
  const hit = {
    channel,
    segment: 3,
    author: epod.id,
    id: entry,
    at: 1,
    snippet: [
      { text: "try ", mark: false },
      { text: "sudo", mark: true },
    ],
  };
  openPage(SearchPage, {
    path: "/search",
    at: "/search?q=sudo",
    local: reader(),
    answers: { "GET /search": () => ({ hits: [hit] }) },
  });

  expect((await screen.findByText("sudo")).tagName).toBe("MARK");
  expect(screen.getByRole("link", { name: /Jump/ }).getAttribute("href")).toContain(`?at=${epod.id}.${entry}.3`);
  expect(screen.getByRole("status").textContent).toBe("1 message found");
});

test("without a network it is said that search needs the server", async () => {
  openPage(SearchPage, { path: "/search", at: "/search?q=sudo", local: reader() });

  expect(await screen.findByText(/Search needs the server/)).toBeTruthy();
});

test("a filter is taken off by pressing it", async () => {
  const page = openPage(SearchPage, {
    path: "/search",
    at: "/search?q=sudo%20in%3Asupport",
    answers: { "GET /search": () => ({ hits: [] }) },
  });
  fireEvent.click(screen.getByRole("button", { name: /Without in:/ }));

  await expect.poll(() => page.address()).toBe("/search?q=sudo");
});

test("a filter is put on without knowing how it is written", async () => {
  const page = openPage(SearchPage, {
    path: "/search",
    at: "/search?q=sudo",
    answers: { "GET /search": () => ({ hits: [] }) },
  });
  fireEvent.click(screen.getByRole("button", { name: "Filter from" }));
  const field = screen.getByLabelText("Who wrote it? A name.");
  fireEvent.input(field, { target: { value: "Alice B" } });
  fireEvent.submit(field);

  await expect
    .poll(() => new URL(page.address(), "http://moot.example").searchParams.get("q"))
    .toBe('sudo from:"Alice B"');
});

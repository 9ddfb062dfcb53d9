import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { commons, community, news, newLocal } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import { ChannelList } from "./ChannelList.tsx";

function openList(role?: Parameters<typeof newLocal>[0]) {
  const local = newLocal(role);
  openPage(() => <ChannelList community={community} open={commons.id} />, { local });
  return local;
}

const names = () => screen.getAllByRole("link", { name: /commons|news|ops|attic/ }).map((link) => link.textContent);

test("channels stand in their order, archived ones behind the others, each told by its kind", () => {
  openList();
  expect(names()).toEqual(["commons", "newsannouncements", "opsprivate", "attic"]);
  expect(screen.getByRole("link", { current: "page" }).textContent).toBe("commons");
});

test("what is unread is counted, and a mention comes before all else", () => {
  const local = openList();
  local.setUnread(news.id, { messages: 22, mentions: 0 });
  expect(screen.getByRole("link", { name: /news/ }).textContent).toContain("22 unread");
  local.setUnread(news.id, { messages: 23, mentions: 2 });
  expect(screen.getByRole("link", { name: /news/ }).textContent).toContain("2 mentions");
});

test.for([
  ["admin", true],
  ["member", false],
] as const)("a channel can be made by an %s: %s", ([role, allowed]) => {
  openList(role);
  expect(screen.queryByRole("link", { name: "New channel" }) !== null).toBe(allowed);
});

import { screen } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { community, newLocal } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";
import { homeOf } from "#shared/ids.ts";

import { MutedNotice } from "./MutedNotice.tsx";

/** Alice, who was told of two mutes, looks at a page of this kind. */
function lookAt(shared: boolean, muted: number | undefined) {
  const local = newLocal("member");
  const told = { measure: "mute", community: community.id, where: community.name, lifted: false } as const;
  const home = homeOf(local.me().id);
  const [first, second] = [Date.now() + 60_000, Date.now() + 3_600_000];
  local.arrive(home, "sys", {
    kind: "measure",
    at: 2,
    key: "measure/a",
    reason: "For a moment",
    until: first,
    ...told,
  });
  local.arrive(home, "sys", { kind: "measure", at: 1, key: "measure/b", reason: "Cool down", until: second, ...told });
  const mine = {
    ...local,
    membershipOf: () =>
      ({ of: "membership", community: community.id, role: "member", ...(muted && { muted }) }) as const,
  };
  openPage(() => <MutedNotice community={community.id} action="page.edit" target={{ place: "page", shared }} />, {
    local: mine,
  });
}

const LATER = Date.now() + 3_600_000;

test("who may not edit because they are muted reads why and until when", async () => {
  lookAt(true, LATER);
  await screen.findByText(/^You can only read here until .+ Reason: Cool down$/);
});

test("nothing is said where they could not edit anyway, nor when it is over", () => {
  lookAt(false, LATER);
  expect(screen.queryByText(/only read/)).toBe(null);
  lookAt(true, Date.now() - 1);
  expect(screen.queryByText(/only read/)).toBe(null);
});

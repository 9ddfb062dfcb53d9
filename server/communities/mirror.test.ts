import { expect, test } from "vitest";

import type { Mirrored } from "#shared/entries/kinds/mirror.ts";
import type { CommunityId } from "#shared/ids.ts";

import { difference } from "./mirror.ts";

const membership = (community: string, role: "owner" | "member"): Mirrored => ({
  of: "membership",
  community: community as CommunityId,
  role,
});

test.for<[string, readonly [string, Mirrored][], readonly Mirrored[], readonly Mirrored[]]>([
  [
    "what is shown already is not said again",
    [["membership/a", membership("a", "owner")]],
    [membership("a", "owner")],
    [],
  ],
  ["what is new is said", [], [membership("a", "owner")], [membership("a", "owner")]],
  [
    "what changed is said",
    [["membership/a", membership("a", "member")]],
    [membership("a", "owner")],
    [membership("a", "owner")],
  ],
  [
    "what is no longer there is gone",
    [["membership/a", membership("a", "owner")]],
    [],
    [{ of: "gone", key: "membership/a" }],
  ],
  ["what is gone stays so", [["membership/a", { of: "gone", key: "membership/a" }]], [], []],
  [
    "what came back is said",
    [["membership/a", { of: "gone", key: "membership/a" }]],
    [membership("a", "member")],
    [membership("a", "member")],
  ],
])("%s", ([, states, wanted, said]) => {
  expect(difference(new Map(states), wanted)).toEqual(said);
});

import * as z from "zod/mini";

import type { MemberId } from "../../ids.ts";
import { base, defineKind, ref } from "../kind.ts";
import { MAX_REACTION } from "../limits.ts";
import type { Row } from "../row.ts";

const emoji = z.string().check(z.minLength(1), z.maxLength(MAX_REACTION));

/** The last one of an author for a target and key wins: one person, one vote, offline too. */
export const reaction = defineKind({
  name: "reaction",
  schema: z.strictObject({ ...base, kind: z.literal("reaction"), of: ref, key: emoji, on: z.boolean() }),
  in: ["channel", "dm"],
  by: "member",
  may: "message.react",
  retractable: true,
  targets: ({ of }) => [of],
  tell: (row, { author, entry }) =>
    row.kind === "removed" ? {} : { reactions: withVote(row.reactions, entry.key, author as MemberId, entry.on) },
});

function withVote(reactions: Row["reactions"], key: string, member: MemberId, on: boolean): Row["reactions"] {
  const given = reactions.find((reaction) => reaction.key === key);
  const by = (given?.by ?? []).filter((other) => other !== member);
  const next = { key, by: on ? [...by, member] : by };

  if (given === undefined) return on ? [...reactions, next] : reactions;
  if (next.by.length === 0) return reactions.filter((reaction) => reaction !== given);
  return reactions.map((reaction) => (reaction === given ? next : reaction));
}

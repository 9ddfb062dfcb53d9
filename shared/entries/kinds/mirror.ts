import * as z from "zod/mini";

import { channelId, communityId, memberId, pageId } from "../../ids.ts";
import { base, defineKind } from "../kind.ts";

const role = z.enum(["owner", "admin", "moderator", "member", "guest"]);
const name = z.string();

/** A community as its members see it. */
const community = z.object({
  of: z.literal("community"),
  id: communityId,
  name,
  description: z.string(),
  rules: z.string(),
  hue: z.number(),
  access: z.enum(["open", "invitation"]),
  archived: z.boolean(),
});

/** A channel as those who may read it see it. `segment` is the head at the time of writing. */
const channel = z.object({
  of: z.literal("channel"),
  id: channelId,
  community: communityId,
  name,
  topic: z.string(),
  kind: z.enum(["chat", "broadcast"]),
  private: z.boolean(),
  position: z.number(),
  archived: z.boolean(),
  /** Only moderators write. */
  locked: z.optional(z.boolean()),
  /** Seconds between two messages of one member. */
  slow: z.optional(z.number()),
});

/** A page as those who may read it see it; without a channel it belongs to the community as a whole. */
const page = z.object({
  of: z.literal("page"),
  id: pageId,
  community: communityId,
  channel: z.optional(channelId),
  title: z.string(),
  kind: z.enum(["post", "guidelines", "wiki"]),
  pinned: z.boolean(),
  position: z.number(),
});

/** A conversation as its participants see it; one with nobody else is where a person's saved messages are. */
const conversation = z.object({
  of: z.literal("conversation"),
  id: channelId,
  kind: z.enum(["direct", "group", "saved"]),
  name,
  participants: z.array(memberId),
});

/** That one belongs to a community, and as what. */
const membership = z.object({
  of: z.literal("membership"),
  community: communityId,
  role,
  /** Until when one may only read, in ms since 1970. */
  muted: z.optional(z.number()),
});

/** That something is no longer there for those who read this document. */
const gone = z.object({ of: z.literal("gone"), key: z.string() });

const shown = z.discriminatedUnion("of", [community, channel, page, conversation, membership, gone]);
export type Mirrored = z.infer<typeof shown>;
export type MirroredCommunity = z.infer<typeof community>;
export type MirroredChannel = z.infer<typeof channel>;
export type MirroredPage = z.infer<typeof page>;
export type MirroredConversation = z.infer<typeof conversation>;
export type MirroredMembership = z.infer<typeof membership>;

/** The key under which the later word about one thing replaces the earlier. */
export function mirrorKey(value: Mirrored): string {
  if (value.of === "gone") return value.key;
  return `${value.of}/${value.of === "membership" ? value.community : value.id}`;
}

/** One row of the server's authority, shown offline. It grants nothing. */
export const mirror = defineKind({
  name: "mirror",
  schema: z.strictObject({ ...base, kind: z.literal("mirror"), shown }),
  in: ["community", "user"],
  by: "server",
  state: (entry) => mirrorKey(entry.shown),
});

import * as z from "zod/mini";

import { channelId, communityId, entryId, memberId, pageId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { count, cursor, time } from "./text.ts";

/** A piece of what was found; `mark` where it is what was looked for. */
const piece = z.object({ text: z.string(), mark: z.boolean() });

export const hit = z.object({
  channel: channelId,
  segment: count,
  author: memberId,
  id: entryId,
  at: time,
  snippet: z.array(piece),
});
export type Hit = z.infer<typeof hit>;

export const pageHit = z.object({
  page: pageId,
  community: communityId,
  channel: z.optional(channelId),
  title: z.string(),
  snippet: z.array(piece),
});
export type PageHit = z.infer<typeof pageHit>;

export const unread = z.object({ channel: channelId, messages: count, mentions: count });

export const searchEndpoints = {
  /** Newest first. Words, "phrases", prefix*, from:name in:channel before:2006-03-01 after:2006. */
  search: endpoint({
    method: "GET",
    path: "/search",
    query: z.object({ q: z.string().check(z.trim(), z.minLength(1), z.maxLength(400)), cursor: z.optional(cursor) }),
    /** `pages`, the best of them, come with the first answer. */
    answer: z.object({ hits: z.array(hit), pages: z.optional(z.array(pageHit)), next: z.optional(cursor) }),
  }),
  /** Per channel, beyond what one has read; channels without anything new are left out. */
  unread: endpoint({ method: "GET", path: "/me/unread", answer: z.object({ channels: z.array(unread) }) }),
} as const;

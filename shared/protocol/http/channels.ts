import * as z from "zod/mini";

import { channelId, communityId, memberId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { count, limits, line, time } from "./text.ts";
import { profile } from "./people.ts";

const kind = z.enum(["chat", "broadcast"]);
const name = line(limits.channelName);
const topic = line(limits.topic);

export const channel = z.object({
  id: channelId,
  community: communityId,
  name: z.string(),
  topic: z.string(),
  kind,
  private: z.boolean(),
  position: z.number(),
  archived: z.boolean(),
  /** Only moderators write. */
  locked: z.optional(z.boolean()),
  /** Seconds between two messages of one member. */
  slow: z.optional(count),
});
export type Channel = z.infer<typeof channel>;

/** A piece of a log. Only the head takes new entries. */
export const segment = z.object({ n: count, openedAt: time, head: z.boolean() });

const id = z.object({ id: channelId });
const inCommunity = z.object({ id: communityId });

export const channelEndpoints = {
  createChannel: endpoint({
    method: "POST",
    path: "/communities/:id/channels",
    params: inCommunity,
    body: z.strictObject({
      name,
      topic: z.optional(topic),
      kind: z.optional(kind),
      private: z.optional(z.boolean()),
      /** Who is let into a private channel beside oneself. */
      people: z.optional(z.array(memberId).check(z.maxLength(100))),
    }),
    answer: channel,
  }),
  /** Those that one may read, in their order. */
  channels: endpoint({
    method: "GET",
    path: "/communities/:id/channels",
    params: inCommunity,
    answer: z.object({ channels: z.array(channel) }),
  }),
  channel: endpoint({ method: "GET", path: "/channels/:id", params: id, answer: channel }),
  changeChannel: endpoint({
    method: "PATCH",
    path: "/channels/:id",
    params: id,
    body: z.strictObject({
      name: z.optional(name),
      topic: z.optional(topic),
      /** Which place it shall have in the community's list, from 0. */
      position: z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
      archived: z.optional(z.boolean()),
    }),
    answer: channel,
  }),
  /** Who is in a private channel. */
  participants: endpoint({
    method: "GET",
    path: "/channels/:id/participants",
    params: id,
    answer: z.object({ people: z.array(profile) }),
  }),
  letIn: endpoint({
    method: "POST",
    path: "/channels/:id/participants",
    params: id,
    body: z.strictObject({ people: z.array(memberId).check(z.minLength(1), z.maxLength(100)) }),
  }),
  /** Takes somebody out of a private channel, or oneself. */
  putOut: endpoint({
    method: "DELETE",
    path: "/channels/:id/participants/:person",
    params: z.object({ id: channelId, person: memberId }),
  }),
  /** The directory of a log's segments, of a home too; with an ETag. */
  segments: endpoint({
    method: "GET",
    path: "/channels/:id/segments",
    params: id,
    answer: z.object({ segments: z.array(segment) }),
  }),
} as const;

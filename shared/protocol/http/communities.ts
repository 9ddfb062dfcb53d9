import * as z from "zod/mini";

import { communityId, memberId } from "../../ids.ts";
import { roles } from "../../permissions/rules.ts";
import { endpoint } from "./endpoint.ts";
import { count, cursor, limits, line, paragraphs, time, words } from "./text.ts";

export const role = z.enum(roles);
const access = z.enum(["open", "invitation"]);
const hue = z.int().check(z.minimum(0), z.maximum(359));

export const community = z.object({
  id: communityId,
  name: z.string(),
  description: z.string(),
  rules: z.string(),
  hue: z.number(),
  access,
  archived: z.boolean(),
  members: count,
  /** One's own, where one is a member. */
  role: z.optional(role),
});
export type Community = z.infer<typeof community>;

export const member = z.object({ id: memberId, name: z.string(), role, joinedAt: time });
export type Member = z.infer<typeof member>;

const settings = {
  description: z.optional(paragraphs(limits.description)),
  rules: z.optional(paragraphs(limits.rules)),
  hue: z.optional(hue),
  access: z.optional(access),
};
const name = line(limits.communityName);
const id = z.object({ id: communityId });
const person = z.object({ id: communityId, person: memberId });

export const communityEndpoints = {
  createCommunity: endpoint({
    method: "POST",
    path: "/communities",
    body: z.strictObject({
      name,
      /** What its first channel is called: "general" without it. */
      channel: z.optional(line(limits.channelName)),
      ...settings,
    }),
    answer: community,
  }),
  communities: endpoint({ method: "GET", path: "/communities", answer: z.object({ communities: z.array(community) }) }),
  /** Open communities that one may join, the largest first. */
  discoverCommunities: endpoint({
    method: "GET",
    path: "/communities/discover",
    query: z.object({ q: z.optional(words), after: z.optional(cursor) }),
    answer: z.object({ communities: z.array(community), next: z.optional(cursor) }),
  }),
  community: endpoint({ method: "GET", path: "/communities/:id", params: id, answer: community }),
  changeCommunity: endpoint({
    method: "PATCH",
    path: "/communities/:id",
    params: id,
    body: z.strictObject({ name: z.optional(name), ...settings, archived: z.optional(z.boolean()) }),
    answer: community,
  }),
  joinCommunity: endpoint({ method: "POST", path: "/communities/:id/join", params: id, answer: community }),
  leaveCommunity: endpoint({ method: "POST", path: "/communities/:id/leave", params: id }),
  /** Hands the community to another member; its present owner becomes an admin. */
  transferCommunity: endpoint({
    method: "POST",
    path: "/communities/:id/owner",
    params: id,
    body: z.strictObject({ person: memberId }),
    answer: community,
  }),

  /** By name; with `q` only those whose name holds it. */
  members: endpoint({
    method: "GET",
    path: "/communities/:id/members",
    params: id,
    query: z.object({ q: z.optional(words), after: z.optional(cursor) }),
    answer: z.object({ members: z.array(member), next: z.optional(cursor) }),
  }),
  changeRole: endpoint({
    method: "PATCH",
    path: "/communities/:id/members/:person",
    params: person,
    body: z.strictObject({ role: z.enum(["admin", "moderator", "member", "guest"]) }),
    answer: member,
  }),
  removeMember: endpoint({ method: "DELETE", path: "/communities/:id/members/:person", params: person }),
} as const;

import * as z from "zod/mini";

import { communityId } from "../../ids.ts";
import { community } from "./communities.ts";
import { endpoint } from "./endpoint.ts";
import { count, time, token } from "./text.ts";

const role = z.enum(["member", "guest"]);

/** A link into a community. The link itself is told once, when it is made: the server keeps only its hash. */
export const invitation = z.object({
  id: z.uuid(),
  role,
  /** Without it: no limit. */
  usesLeft: z.optional(count),
  expiresAt: z.optional(time),
  createdAt: time,
  createdBy: z.string(),
});
export type Invitation = z.infer<typeof invitation>;

/** What an invitation is for, told to whoever holds it. */
export const preview = z.object({
  community: z.object({
    id: communityId,
    name: z.string(),
    description: z.string(),
    rules: z.string(),
    hue: z.number(),
    members: count,
  }),
  role,
  /** One is in it already. */
  member: z.boolean(),
});
export type InvitationPreview = z.infer<typeof preview>;

const of = z.object({ id: communityId });
const link = z.object({ token });

export const invitationEndpoints = {
  invite: endpoint({
    method: "POST",
    path: "/communities/:id/invitations",
    params: of,
    body: z.strictObject({
      role: z.optional(role),
      uses: z.optional(z.int().check(z.minimum(1), z.maximum(100_000))),
      /** In hours from now. */
      hours: z.optional(z.int().check(z.minimum(1), z.maximum(24 * 366))),
    }),
    answer: z.object({ invitation, url: z.string(), token }),
  }),
  /** Those that still open the door, the newest first. */
  invitations: endpoint({
    method: "GET",
    path: "/communities/:id/invitations",
    params: of,
    answer: z.object({ invitations: z.array(invitation) }),
  }),
  revokeInvitation: endpoint({
    method: "DELETE",
    path: "/communities/:id/invitations/:invitation",
    params: z.object({ id: communityId, invitation: z.uuid() }),
  }),
  previewInvitation: endpoint({
    method: "GET",
    path: "/invitations/:token",
    params: link,
    answer: preview,
    open: true,
  }),
  /** Costs a use only where one was not a member before. */
  acceptInvitation: endpoint({ method: "POST", path: "/invitations/:token/accept", params: link, answer: community }),
} as const;

import * as z from "zod/mini";

import { channelId, memberId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { limits, line } from "./text.ts";

const name = line({ ...limits.channelName, min: 0 });

export const conversation = z.object({
  id: channelId,
  kind: z.enum(["direct", "group", "saved"]),
  name: z.string(),
  participants: z.array(memberId),
});
export type Conversation = z.infer<typeof conversation>;

const id = z.object({ id: channelId });
const people = z.array(memberId).check(z.minLength(1), z.maxLength(100));

export const conversationEndpoints = {
  /** With one person there is only one direct conversation, which is found again; a group is a new one every time. */
  startConversation: endpoint({
    method: "POST",
    path: "/conversations",
    body: z.strictObject({ kind: z.enum(["direct", "group"]), people, name: z.optional(name) }),
    answer: conversation,
  }),
  conversations: endpoint({
    method: "GET",
    path: "/conversations",
    answer: z.object({ conversations: z.array(conversation) }),
  }),
  nameConversation: endpoint({
    method: "PATCH",
    path: "/conversations/:id",
    params: id,
    body: z.strictObject({ name }),
    answer: conversation,
  }),
  addToConversation: endpoint({
    method: "POST",
    path: "/conversations/:id/participants",
    params: id,
    body: z.strictObject({ people }),
    answer: conversation,
  }),
  /** Leaves a group. */
  leaveConversation: endpoint({ method: "DELETE", path: "/conversations/:id/participants/me", params: id }),
} as const;

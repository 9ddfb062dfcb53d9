import * as z from "zod/mini";

import { communityId, memberId } from "../../../ids.ts";
import { member } from "../communities.ts";
import { endpoint } from "../endpoint.ts";
import { count, cursor, time, words } from "../text.ts";
import { auditFiles, auditFormat, auditPage, auditQuestion } from "./audit.ts";

/** A community as the platform's administrators see it, whether they are in it or not. What is said there they do not. */
export const administered = z.object({
  id: communityId,
  name: z.string(),
  hue: z.number(),
  access: z.enum(["open", "invitation"]),
  archived: z.boolean(),
  /** When it is deleted for ever. */
  deleteAt: z.optional(time),
  owner: z.nullable(z.object({ id: memberId, name: z.string() })),
  members: count,
  channels: count,
  createdAt: time,
});
export type AdministeredCommunity = z.infer<typeof administered>;

const id = z.object({ id: communityId });
const after = z.optional(cursor);

export const adminCommunityEndpoints = {
  adminCommunities: endpoint({
    method: "GET",
    path: "/admin/communities",
    query: z.object({ q: z.optional(words), state: z.optional(z.enum(["archived", "deleting"])), after }),
    answer: z.object({
      communities: z.array(administered),
      counts: z.object({ all: count, archived: count, deleting: count }),
      next: after,
    }),
    forAdmins: true,
  }),
  adminMembers: endpoint({
    method: "GET",
    path: "/admin/communities/:id/members",
    params: id,
    query: z.object({ q: z.optional(words), after }),
    answer: z.object({ members: z.array(member), next: after }),
    forAdmins: true,
  }),
  archiveCommunity: endpoint({
    method: "PATCH",
    path: "/admin/communities/:id",
    params: id,
    body: z.strictObject({ archived: z.boolean() }),
    answer: administered,
    forAdmins: true,
  }),
  /** Gives it to one of its members, whoever owned it before. */
  giveCommunity: endpoint({
    method: "POST",
    path: "/admin/communities/:id/owner",
    params: id,
    body: z.strictObject({ person: memberId }),
    answer: administered,
    forAdmins: true,
  }),

  /** For its owner and for admins. It is archived at once, and deleted for ever after some days; `name` says that it is meant. */
  deleteCommunity: endpoint({
    method: "POST",
    path: "/communities/:id/deletion",
    params: id,
    body: z.strictObject({ name: z.string().check(z.maxLength(200)) }),
    answer: z.object({ deleteAt: time }),
  }),
  deletion: endpoint({
    method: "GET",
    path: "/communities/:id/deletion",
    params: id,
    answer: z.object({ deleteAt: z.optional(time), days: count }),
  }),
  /** Takes the deletion back. */
  keepCommunity: endpoint({ method: "DELETE", path: "/communities/:id/deletion", params: id }),
  /** What was done in a community, for its admins. */
  communityAudit: endpoint({
    method: "GET",
    path: "/communities/:id/audit",
    params: id,
    query: z.object({ ...auditQuestion, after }),
    answer: auditPage,
  }),
  exportCommunityAudit: endpoint({
    method: "GET",
    path: "/communities/:id/audit/export",
    params: id,
    query: z.object({ ...auditQuestion, format: auditFormat }),
    file: auditFiles,
  }),
} as const;

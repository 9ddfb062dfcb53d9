import * as z from "zod/mini";

import { auditActs, auditTargets, type AuditAct } from "../../../audit/acts.ts";
import { communityId, memberId } from "../../../ids.ts";
import { endpoint } from "../endpoint.ts";
import { count, cursor, time, words } from "../text.ts";

const act = z.enum(Object.keys(auditActs) as [AuditAct, ...AuditAct[]]);

/** Something that somebody did by their authority. */
export const audited = z.object({
  id: count,
  at: time,
  /** Null for the server itself, and for whoever operates it. */
  actor: z.nullable(z.object({ id: memberId, name: z.string() })),
  act,
  target: z.object({ kind: z.enum(auditTargets), id: z.string(), name: z.nullable(z.string()) }),
  community: z.nullable(z.object({ id: communityId, name: z.nullable(z.string()) })),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
  /** Its place in the chain, and the hash there; null for some seconds. */
  position: z.nullable(count),
  seal: z.nullable(z.string()),
});
export type AuditLine = z.infer<typeof audited>;

export const auditPage = z.object({ acts: z.array(audited), next: z.optional(cursor) });
export type TrailPage = z.infer<typeof auditPage>;

const number = z.string().check(z.regex(/^\d{1,15}$/));

/** Everything that is given must hold. Times in ms since 1970. */
export const auditQuestion = {
  who: z.optional(memberId),
  act: z.optional(act),
  target: z.optional(z.string().check(z.maxLength(100), z.regex(/^[\w -]*$/))),
  from: z.optional(number),
  until: z.optional(number),
  q: z.optional(words),
};
export const auditFormat = z.enum(["ndjson", "csv"]);
export const auditFiles = ["application/x-ndjson", "text/csv"] as const;

const question = { ...auditQuestion, community: z.optional(communityId) };

export const adminAuditEndpoints = {
  audit: endpoint({
    method: "GET",
    path: "/admin/audit",
    query: z.object({ ...question, after: z.optional(cursor) }),
    answer: auditPage,
    forAdmins: true,
  }),
  exportAudit: endpoint({
    method: "GET",
    path: "/admin/audit/export",
    query: z.object({ ...question, format: auditFormat }),
    file: auditFiles,
    forAdmins: true,
  }),
} as const;

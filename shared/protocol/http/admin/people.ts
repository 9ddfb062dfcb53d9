import * as z from "zod/mini";

import { communityId, memberId } from "../../../ids.ts";
import { role } from "../communities.ts";
import { endpoint } from "../endpoint.ts";
import { count, cursor, login, personName, time, token, words } from "../text.ts";

/** A person as the platform's administrators see them. */
export const account = z.object({
  id: memberId,
  /** Null for an identity that an import brought along and nobody has claimed. */
  login: z.nullable(z.string()),
  name: z.string(),
  platformAdmin: z.boolean(),
  disabledAt: z.optional(time),
  /** When they were last here with a session that still goes on. */
  seenAt: z.optional(time),
  sessions: count,
  createdAt: time,
});
export type Account = z.infer<typeof account>;

const id = z.object({ id: memberId });
const link = z.object({ url: z.string(), token, expiresAt: time });

export const adminPeopleEndpoints = {
  /** By name; `counts` of everybody, whatever is looked for. */
  accounts: endpoint({
    method: "GET",
    path: "/accounts",
    query: z.object({
      q: z.optional(words),
      state: z.optional(z.enum(["admins", "disabled", "new"])),
      after: z.optional(cursor),
    }),
    answer: z.object({
      accounts: z.array(account),
      counts: z.object({ all: count, admins: count, disabled: count, new: count }),
      next: z.optional(cursor),
    }),
    forAdmins: true,
  }),
  /** The answer is the only time that the link is told with which the person chooses a password. */
  createAccount: endpoint({
    method: "POST",
    path: "/accounts",
    body: z.strictObject({ login, name: personName }),
    answer: z.object({ account, ...link.shape }),
    forAdmins: true,
  }),
  account: endpoint({
    method: "GET",
    path: "/accounts/:id",
    params: id,
    answer: z.object({
      account,
      communities: z.array(z.object({ id: communityId, name: z.string(), role })),
      sessions: z.array(z.object({ device: z.string(), createdAt: time, seenAt: time })),
      tokens: count,
    }),
    forAdmins: true,
  }),
  changeAccount: endpoint({
    method: "PATCH",
    path: "/accounts/:id",
    params: id,
    body: z.strictObject({ disabled: z.optional(z.boolean()), platformAdmin: z.optional(z.boolean()) }),
    answer: account,
    forAdmins: true,
  }),
  /** Signs them out everywhere, and their programs too. */
  endSessions: endpoint({ method: "DELETE", path: "/accounts/:id/sessions", params: id, forAdmins: true }),
  /** A one-time link with which a person chooses a new password. */
  makeResetLink: endpoint({
    method: "POST",
    path: "/people/:id/reset-link",
    params: id,
    answer: link,
    forAdmins: true,
  }),
} as const;

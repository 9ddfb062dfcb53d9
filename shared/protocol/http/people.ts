import * as z from "zod/mini";

import { memberId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { cursor, time, token, words } from "./text.ts";

export const profile = z.object({ id: memberId, name: z.string() });

/** A person as the platform's administrators see them. */
export const account = z.object({
  id: memberId,
  /** Null for an identity that an import brought along and nobody has claimed. */
  login: z.nullable(z.string()),
  name: z.string(),
  platformAdmin: z.boolean(),
  createdAt: time,
});
export type Account = z.infer<typeof account>;

const id = z.object({ id: memberId });

export const peopleEndpoints = {
  /** People one shares a community with, by a part of their name. */
  findPeople: endpoint({
    method: "GET",
    path: "/people",
    query: z.object({ q: words }),
    answer: z.object({ people: z.array(profile) }),
  }),
  /** Names of authors, up to 200; unknown ids are left out. */
  profiles: endpoint({
    method: "GET",
    path: "/profiles",
    query: z.object({ ids: z.string().check(z.regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,199}$/)) }),
    answer: z.object({ profiles: z.array(profile) }),
  }),
  accounts: endpoint({
    method: "GET",
    path: "/accounts",
    query: z.object({ q: z.optional(words), after: z.optional(cursor) }),
    answer: z.object({ accounts: z.array(account), next: z.optional(cursor) }),
  }),
  /** A one-time link with which a person chooses a new password. */
  makeResetLink: endpoint({
    method: "POST",
    path: "/people/:id/reset-link",
    params: id,
    answer: z.object({ url: z.string(), token, expiresAt: time }),
  }),
} as const;

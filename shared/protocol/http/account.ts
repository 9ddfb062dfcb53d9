import * as z from "zod/mini";

import { channelId, entryId, memberId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { limits, line, login, password, personName, time, token } from "./text.ts";

const handle = z.uuid();

/** Who is signed in here. `incarnation` names the history of the server that replicas belong to. */
export const me = z.object({
  id: memberId,
  login: z.string(),
  name: z.string(),
  platformAdmin: z.boolean(),
  session: handle,
  incarnation: z.string(),
});
export type Me = z.infer<typeof me>;

/** One browser or device in which a person is signed in. */
export const session = z.object({ handle, device: z.string(), createdAt: time, seenAt: time, current: z.boolean() });
export type SessionLine = z.infer<typeof session>;

/** What lets a program of a person's own into their documents. `works`: neither expired nor of an earlier incarnation. */
export const accessToken = z.object({
  handle,
  name: z.string(),
  createdAt: time,
  usedAt: z.optional(time),
  expiresAt: z.optional(time),
  works: z.boolean(),
});
export type AccessTokenLine = z.infer<typeof accessToken>;

const choice = { login, password, name: personName };

export const accountEndpoints = {
  signUp: endpoint({
    method: "POST",
    path: "/sign-up",
    body: z.strictObject({ ...choice, invitation: z.optional(token) }),
    answer: me,
    open: true,
  }),
  signIn: endpoint({
    method: "POST",
    path: "/sign-in",
    body: z.strictObject({ login: z.string().check(z.maxLength(100)), password: z.string().check(z.maxLength(1_000)) }),
    answer: me,
    open: true,
  }),
  /** With a one-time link that an operator made. */
  signInByLink: endpoint({
    method: "POST",
    path: "/sign-in-link",
    body: z.strictObject({ token }),
    answer: me,
    open: true,
  }),
  signOut: endpoint({ method: "POST", path: "/sign-out", open: true }),
  becomeFirstAdmin: endpoint({
    method: "POST",
    path: "/first-admin",
    body: z.strictObject({ ...choice, token }),
    answer: me,
    open: true,
  }),
  resetPassword: endpoint({
    method: "POST",
    path: "/reset",
    body: z.strictObject({ token, password }),
    answer: me,
    open: true,
  }),

  me: endpoint({ method: "GET", path: "/me", answer: me }),
  changeMe: endpoint({ method: "PATCH", path: "/me", body: z.strictObject({ name: personName }), answer: me }),
  /** Ends all other sessions and all access tokens. */
  changePassword: endpoint({
    method: "POST",
    path: "/me/password",
    body: z.strictObject({ current: z.string().check(z.maxLength(1_000)), password }),
    answer: me,
  }),
  sessions: endpoint({ method: "GET", path: "/me/sessions", answer: z.object({ sessions: z.array(session) }) }),
  endSession: endpoint({ method: "DELETE", path: "/me/sessions/:handle", params: z.object({ handle }) }),

  /** The answer is the only time that the token is told. */
  makeToken: endpoint({
    method: "POST",
    path: "/me/tokens",
    body: z.strictObject({ name: line(limits.tokenName), expiresAt: z.optional(time) }),
    answer: z.object({ token: z.string(), handle }),
  }),
  tokens: endpoint({ method: "GET", path: "/me/tokens", answer: z.object({ tokens: z.array(accessToken) }) }),
  revokeToken: endpoint({ method: "DELETE", path: "/me/tokens/:handle", params: z.object({ handle }) }),

  /** Which of one's own entries the server knows neither as present nor as erased, after it came back as another incarnation. */
  knownEntries: endpoint({
    method: "POST",
    path: "/me/known",
    body: z.strictObject({ channel: channelId, ids: z.array(entryId).check(z.maxLength(1_000)) }),
    answer: z.object({ incarnation: z.string(), unknown: z.array(entryId) }),
  }),
} as const;

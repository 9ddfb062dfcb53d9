interface ProblemRow {
  readonly status: number;
  readonly title: string;
  /** For a person: what happened, what is safe, what to do. */
  readonly text: string;
}

/** Every problem that the HTTP API answers with. */
export const problems = {
  invalid: {
    status: 400,
    title: "Not understood",
    text: "Something in this is missing or not as it must be. Nothing was changed.",
  },
  "signed-out": {
    status: 401,
    title: "Signed out",
    text: "You are signed out here. What this device holds is safe; sign in to go on.",
  },
  "sign-in-failed": {
    status: 401,
    title: "Not signed in",
    text: "Login and password do not belong together. Check both; capitals matter in the password.",
  },
  "wrong-password": {
    status: 403,
    title: "Wrong password",
    text: "This is not your present password. Nothing was changed.",
  },
  "foreign-origin": {
    status: 403,
    title: "Foreign page",
    text: "This request came from another site, so it was not carried out.",
  },
  forbidden: { status: 403, title: "Not allowed", text: "Your role does not allow this here. Nothing was changed." },
  "not-found": {
    status: 404,
    title: "Nothing here",
    text: "There is nothing here for you. The address is wrong, or it is private.",
  },
  "link-void": {
    status: 404,
    title: "Link without effect",
    text: "This link is wrong, was used before or has expired. Ask for a new one.",
  },
  "invitation-void": {
    status: 404,
    title: "Invitation without effect",
    text: "This invitation is wrong, used up or has expired. Ask whoever sent it for a new one.",
  },
  banned: {
    status: 403,
    title: "Banned",
    text: "You are banned from this community. Your notices say why, until when, and how to appeal.",
  },
  muted: {
    status: 403,
    title: "Muted",
    text: "You can only read here for now. Your notices say why, until when, and how to appeal.",
  },
  "login-unavailable": {
    status: 409,
    title: "Login not available",
    text: "This login cannot be had. Choose another one; nothing else you wrote is lost.",
  },
  "name-taken": {
    status: 409,
    title: "Name in use",
    text: "Another channel of this community has this name. Choose another one.",
  },
  "owner-stays": {
    status: 409,
    title: "A community needs an owner",
    text: "You own this community. Hand it to somebody else first, then you can leave.",
  },
  "sign-up-closed": {
    status: 403,
    title: "No accounts by oneself",
    text: "Here an account needs an invitation. Ask somebody who is in, or whoever runs this place.",
  },
  "last-admin": {
    status: 409,
    title: "An admin is needed",
    text: "This is the last admin who can sign in. Make somebody else an admin first; nothing was changed.",
  },
  "not-waiting": {
    status: 409,
    title: "Not to be deleted",
    text: "This community is not waiting to be deleted, or it is too late. Look at it again.",
  },
  archived: { status: 409, title: "Archived", text: "This is archived and can only be read. Nothing was changed." },
  "too-many": { status: 409, title: "Too many", text: "There are as many of these as there can be. Remove one first." },
  "too-large": { status: 413, title: "Too large", text: "This is too large to be taken. Nothing was changed." },
  "wrong-type": { status: 415, title: "Not JSON", text: "The server takes JSON only. Nothing was changed." },
  rate: { status: 429, title: "Too often", text: "This was tried too often. Wait a little, then try again." },
  internal: {
    status: 500,
    title: "The server failed",
    text: "The server could not do this, and wrote down why. What this device holds is safe; try again.",
  },
  overload: {
    status: 503,
    title: "The server is busy",
    text: "The server cannot answer now. What this device holds is safe; try again in a moment.",
  },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;

/** What is wrong with one field of what was sent. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: "missing" | "too-short" | "too-long" | "invalid";
}

/** The body of an answer of type `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly fields?: readonly FieldProblem[];
  /** In seconds. */
  readonly retryAfter?: number;
  /** When what forbids it ends, in ms since 1970. */
  readonly until?: number;
  /** What a moderator gave as the reason. */
  readonly because?: string;
}

/** Why a command had no effect. */
export interface Failure {
  readonly kind: ProblemCode;
  readonly fields?: readonly FieldProblem[];
  /** In seconds. */
  readonly retryAfter?: number;
  /** When what forbids it ends, in ms since 1970. */
  readonly until?: number;
  /** What a moderator gave as the reason. */
  readonly because?: string;
}

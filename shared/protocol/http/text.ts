import * as z from "zod/mini";

/** Text of one line: no control characters, no halves of surrogates, and nothing that turns the direction of what follows. */
const LINE = /^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u;
/** The same over several lines. */
const PARAGRAPHS = /^(?:[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]|[\n\t])*$/u;

/** In UTF-16 units. What a community says about itself fits into one entry together, in any script. */
export const limits = {
  login: { min: 2, max: 32 },
  password: { min: 10, max: 256 },
  personName: { min: 1, max: 64 },
  tokenName: { min: 1, max: 64 },
  communityName: { min: 1, max: 80 },
  description: { min: 0, max: 1_000 },
  rules: { min: 0, max: 4_000 },
  channelName: { min: 1, max: 80 },
  topic: { min: 0, max: 500 },
  pageTitle: { min: 1, max: 120 },
} as const;

interface Limits {
  readonly min: number;
  readonly max: number;
}

export const line = ({ min, max }: Limits) =>
  z.string().check(z.trim(), z.minLength(min), z.maxLength(max), z.regex(LINE));
export const paragraphs = ({ min, max }: Limits) =>
  z.string().check(z.trim(), z.minLength(min), z.maxLength(max), z.regex(PARAGRAPHS));

/** What one signs in with: never shown to others. */
export const login = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.minLength(limits.login.min),
    z.maxLength(limits.login.max),
    z.regex(/^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/),
  );
export const password = z.string().check(z.minLength(limits.password.min), z.maxLength(limits.password.max));
export const personName = line(limits.personName);

/** The secret part of a link that opens something once. */
export const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{20,64}$/));
/** Where a page ended; only the server reads it. */
export const cursor = z.string().check(z.maxLength(300));
/** What somebody types to find something. */
export const words = z.string().check(z.trim(), z.maxLength(200), z.regex(LINE));

/** In ms since 1970. */
export const time = z.int().check(z.nonnegative());
export const count = z.int().check(z.nonnegative());

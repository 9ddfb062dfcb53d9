import * as z from "zod/mini";

import { MAX_BODY } from "#shared/entries/limits.ts";
import { limits } from "#shared/protocol/http/text.ts";
import { fail, ok, type Result } from "#shared/result.ts";

/** A message as another platform wrote it down. */
export interface ForeignMessage {
  readonly id: string;
  readonly at: number;
  readonly author: string;
  readonly body: string;
  readonly re?: string | undefined;
  readonly channel?: string | undefined;
}

/** The time in a ULID ends here, some 8,900 years from now. */
const LAST_MOMENT = 2 ** 48 - 1;

const CONTROL = /[\p{Cc}\p{Cs}]+/gu;
const oneLine = (text: string): string => text.replaceAll(CONTROL, " ").trim();
/** NUL cannot be stored, and a lone surrogate changes on the wire. */
const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "");

const name = (longest: number) =>
  z.pipe(
    z.string(),
    z.transform((text) => oneLine(text).slice(0, longest).toWellFormed()),
  );

const schema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(500)),
  at: z.int().check(z.positive(), z.maximum(LAST_MOMENT)),
  author: name(limits.personName.max),
  body: z.pipe(z.string(), z.transform(storable)),
  re: z.optional(z.nullable(z.string())),
  channel: z.optional(name(limits.channelName.max)),
});

/** Reads one line `{ id, at, author, body, re?, channel? }`. The problem says what is wrong with it. */
export function parseMessage(text: string): Result<ForeignMessage, string> {
  const value = parseJson(text);
  if (!value.ok) return value;
  const parsed = schema.safeParse(value.value);
  if (!parsed.success)
    return fail(`${parsed.error.issues[0]?.path.join(".") || "the line"} is missing or not as it must be`);

  const { author, body, channel, re, ...message } = parsed.data;
  if (author === "") return fail("author is empty");
  if (channel === "") return fail("channel is empty");
  if (body === "") return fail("body is empty");
  if (body.length > MAX_BODY) return fail(`body is longer than ${MAX_BODY} characters`);
  return ok({ ...message, author, body, channel, re: re ?? undefined });
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail("not JSON");
  }
}

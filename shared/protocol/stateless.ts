import * as z from "zod/mini";

import { channelId, memberId } from "../ids.ts";
import { ref } from "../entries/kind.ts";
import { caretRange } from "../pages/caret.ts";
import { refusals, type RefusalCode } from "./refusals.ts";

const document = z.string();
const count = z.int().check(z.nonnegative());
const code = z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]);

/** An update of the sender is durable. */
const committed = z.object({
  type: z.literal("committed"),
  document,
  version: count,
  received: count,
  entries: z.array(ref),
});

/** The document has moved on. */
const version = z.object({ type: z.literal("version"), document, version: count });

/** An update of the sender was not taken, as a whole. Without `entries` nobody in particular is to blame. */
const refused = z.object({
  type: z.literal("refused"),
  document,
  code,
  class: z.enum(["final", "later", "again"]),
  entries: z.array(ref),
  reason: z.string(),
  /** It answers a step 2 and not an update. */
  step2: z.optional(z.boolean()),
  /** In ms. */
  retryAfter: z.optional(count),
  /** Where the channel goes on. */
  head: z.optional(count),
  /** When what forbids it ends, in ms since 1970. */
  until: z.optional(count),
  /** What a moderator gave as the reason. */
  because: z.optional(z.string()),
});

/** The server's heart, on the home document every 20 s; answered with `pong`. */
const ping = z.object({ type: z.literal("ping"), now: count });

/** Who is here and who is writing, as counts with a few names; only what changed since is sent. */
const presence = z.object({
  type: z.literal("presence"),
  document,
  online: count,
  some: z.array(memberId),
  typing: z.array(memberId),
});

/** On the home document: something was said in a channel that is not attached here. */
const activity = z.object({ type: z.literal("activity"), channel: channelId, messages: count, mentions: count });

/** On the home document: what one may see or do has changed; ask again over HTTP. */
const authority = z.object({ type: z.literal("authority") });

/** On a page: where others write; of each device one, and only what changed since is sent. */
const carets = z.object({
  type: z.literal("carets"),
  document,
  carets: z.array(z.object({ client: count, person: memberId, at: caretRange })),
});

export const serverMessage = z.discriminatedUnion("type", [
  committed,
  version,
  refused,
  ping,
  presence,
  activity,
  authority,
  carets,
]);
export type ServerMessage = z.infer<typeof serverMessage>;
export type Committed = z.infer<typeof committed>;
export type Carets = z.infer<typeof carets>;
export type Refused = z.infer<typeof refused>;

const pong = z.object({ type: z.literal("pong") });
const typing = z.object({ type: z.literal("typing"), on: z.boolean() });

/** Where one writes on a page, under the clientID of one's device there; nowhere any more, where `at` is missing. */
const caret = z.object({ type: z.literal("caret"), client: count, at: z.optional(caretRange) });

/** What a client may say beside its updates. Everything else is ignored. */
export const clientMessage = z.discriminatedUnion("type", [pong, typing, caret]);
export type ClientMessage = z.infer<typeof clientMessage>;

/** Parses what came over the wire; undefined for anything that is not such a message. */
export function parseMessage<Message>(schema: z.ZodMiniType<Message>, text: string): Message | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

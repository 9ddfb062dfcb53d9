import * as z from "zod/mini";

import { channelId } from "../../ids.ts";
import { base, defineKind, ref } from "../kind.ts";
import { MAX_BODY } from "../limits.ts";

/** How far a person has read a channel: everything up to this position in its timeline. */
export const marker = defineKind({
  name: "marker",
  schema: z.strictObject({
    ...base,
    kind: z.literal("marker"),
    channel: channelId,
    read: z.int().check(z.nonnegative()),
  }),
  in: ["user"],
  by: "member",
  may: "home.write",
  state: ({ channel }) => `marker/${channel}`,
});

/** What a person has begun to write in a channel, on all their devices; an empty body says that it was sent. */
export const draft = defineKind({
  name: "draft",
  schema: z.strictObject({
    ...base,
    kind: z.literal("draft"),
    channel: channelId,
    body: z.string().check(z.maxLength(MAX_BODY)),
    re: z.optional(ref),
  }),
  in: ["user"],
  by: "member",
  may: "home.write",
  state: ({ channel }) => `draft/${channel}`,
});

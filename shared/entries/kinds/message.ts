import * as z from "zod/mini";

import { base, body, defineKind, mentions, ref } from "../kind.ts";

/** What somebody said. A reply names what it answers and never copies its text, so that retracting leaves no copy. */
export const message = defineKind({
  name: "message",
  schema: z.strictObject({ ...base, kind: z.literal("message"), body, re: z.optional(ref), mentions }),
  in: ["channel", "dm"],
  by: "member",
  may: "message.send",
  retractable: true,
  row: (entry) => ({ kind: "message", body: entry.body, re: entry.re, mentions: entry.mentions ?? [] }),
});

import * as z from "zod/mini";

import { base, defineKind, ref } from "../kind.ts";

/**
 * Takes back one's own message, edit or reaction: the server deletes it, and every edit of it.
 * `what` says which, since afterwards nobody can look it up; only a message leaves a line behind.
 */
export const retract = defineKind({
  name: "retract",
  schema: z.strictObject({
    ...base,
    kind: z.literal("retract"),
    of: ref,
    what: z.optional(z.enum(["message", "edit", "reaction"])),
  }),
  in: ["channel", "dm"],
  by: "member",
  may: "message.retract",
  erases: ({ of }) => of,
  own: true,
  targets: ({ of, what }) => (what === undefined || what === "message" ? [of] : []),
  tell: () => ({ kind: "removed", body: "", re: undefined, mentions: [], history: [], reactions: [] }),
});

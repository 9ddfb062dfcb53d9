import * as z from "zod/mini";

import { base, defineKind, reason, ref } from "../kind.ts";

/** A moderator's veil over an entry, in the moderator's own log. */
export const hide = defineKind({
  name: "hide",
  schema: z.strictObject({ ...base, kind: z.literal("hide"), of: ref, reason }),
  in: ["channel"],
  by: "member",
  may: "message.hide",
  act: "entry.hide",
  targets: ({ of }) => [of],
  tell: (_row, { author, entry }) => ({ hidden: { by: author, reason: entry.reason } }),
});

/** Lifts the veil again, whoever laid it. */
export const restore = defineKind({
  name: "restore",
  schema: z.strictObject({ ...base, kind: z.literal("restore"), of: ref }),
  in: ["channel"],
  by: "member",
  may: "message.restore",
  act: "entry.restore",
  targets: ({ of }) => [of],
  tell: () => ({ hidden: undefined }),
});

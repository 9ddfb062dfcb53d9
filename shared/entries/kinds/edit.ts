import * as z from "zod/mini";

import { base, body, defineKind, mentions, ref } from "../kind.ts";

/** A later wording of one's own message. The last one is shown, the earlier ones are its history. */
export const edit = defineKind({
  name: "edit",
  schema: z.strictObject({ ...base, kind: z.literal("edit"), of: ref, body, mentions }),
  in: ["channel", "dm"],
  by: "member",
  may: "message.edit",
  retractable: true,
  partOf: ({ of }) => of,
  own: true,
  targets: ({ of }) => [of],
  tell: (row, { entry }) =>
    row.kind === "message"
      ? {
          body: entry.body,
          mentions: entry.mentions ?? [],
          edited: entry.at,
          history: [...row.history, { at: row.edited ?? row.at, body: row.body }],
        }
      : {},
});

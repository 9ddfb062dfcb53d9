import * as z from "zod/mini";

import { logKinds } from "../../documents/names.ts";
import { memberId } from "../../ids.ts";
import { base, defineKind, ref } from "../kind.ts";

const segment = z.int().check(z.positive());

/** The first entry of a segment; its `at` is the segment's `openedAt`. */
export const opened = defineKind({
  name: "opened",
  schema: z.strictObject({ ...base, kind: z.literal("opened"), segment }),
  in: logKinds,
  by: "server",
});

/** The last entry of a segment: from here on only the named head admits. */
export const closed = defineKind({
  name: "closed",
  schema: z.strictObject({ ...base, kind: z.literal("closed"), head: segment }),
  in: logKinds,
  by: "server",
});

/** Entries that reached the server noticeably later than they were written. */
export const late = defineKind({
  name: "late",
  schema: z.strictObject({ ...base, kind: z.literal("late"), of: z.array(ref), received: z.int().check(z.positive()) }),
  in: ["channel", "dm"],
  by: "server",
  targets: ({ of }) => of,
  tell: (_row, { entry }) => ({ received: entry.received }),
});

/** Somebody came into a private channel or a conversation. */
export const joined = defineKind({
  name: "joined",
  schema: z.strictObject({ ...base, kind: z.literal("joined"), member: memberId }),
  in: ["channel", "dm"],
  by: "server",
  row: ({ member }) => ({ kind: "notice", notice: { kind: "joined", member } }),
});

/** Somebody left it, or was removed. */
export const left = defineKind({
  name: "left",
  schema: z.strictObject({ ...base, kind: z.literal("left"), member: memberId }),
  in: ["channel", "dm"],
  by: "server",
  row: ({ member }) => ({ kind: "notice", notice: { kind: "left", member } }),
});

/** The channel became read-only, or was opened again. */
export const archived = defineKind({
  name: "archived",
  schema: z.strictObject({ ...base, kind: z.literal("archived"), on: z.boolean() }),
  in: ["channel"],
  by: "server",
  row: ({ on }) => ({ kind: "notice", notice: { kind: "archived", on } }),
});

import type * as z from "zod/mini";

import { claim, decision, docket, remark } from "./kinds/desk.ts";
import { draft, marker } from "./kinds/home.ts";
import { edit } from "./kinds/edit.ts";
import { message } from "./kinds/message.ts";
import { mirror } from "./kinds/mirror.ts";
import { hide, restore } from "./kinds/moderation.ts";
import { reaction } from "./kinds/reaction.ts";
import { appeal, measure, report, verdict } from "./kinds/report.ts";
import { retract } from "./kinds/retract.ts";
import { archived, closed, joined, late, left, opened } from "./kinds/server.ts";
import type { Kind, Stamped } from "./kind.ts";
import { isStorable } from "./value.ts";

/** Every kind of entry there is. */
export const kinds = [
  message,
  edit,
  retract,
  reaction,
  hide,
  restore,
  marker,
  draft,
  report,
  appeal,
  claim,
  remark,
  decision,
  opened,
  closed,
  late,
  joined,
  left,
  archived,
  mirror,
  verdict,
  measure,
  docket,
] as const;

export type Entry = z.infer<(typeof kinds)[number]["schema"]>;
export type EntryOf<Name extends Entry["kind"]> = Extract<Entry, { readonly kind: Name }>;

/** A kind whose own value type is no longer known; its functions may only be given entries of that kind. */
export type AnyKind = Kind<Entry["kind"], Entry & Stamped>;

const kindByName: ReadonlyMap<string, AnyKind> = new Map(kinds.map((kind) => [kind.name, kind as unknown as AnyKind]));

export const kindOf = (entry: Entry): AnyKind => kindByName.get(entry.kind) as AnyKind;

/** Whether its author may take back an entry of this kind. */
export const isRetractable = (kind: string): boolean => kindByName.get(kind)?.retractable === true;

/** The entry that a value from a document is. Undefined for what we cannot read: old clients meet kinds that did not exist yet. */
export function parseEntry(value: unknown): Entry | undefined {
  if (!isStorable(value)) return undefined;
  const name = value["kind"];
  const parsed = typeof name === "string" ? kindByName.get(name)?.schema.safeParse(value) : undefined;
  return parsed?.success === true ? parsed.data : undefined;
}

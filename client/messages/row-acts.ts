import Bookmark from "lucide-solid/icons/bookmark";
import Copy from "lucide-solid/icons/copy";
import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import History from "lucide-solid/icons/rotate-ccw-clock";
import Link from "lucide-solid/icons/link";
import Pencil from "lucide-solid/icons/pencil";
import Reply from "lucide-solid/icons/reply";
import SmilePlus from "lucide-solid/icons/face-slightly-smiling-plus";
import Trash from "lucide-solid/icons/trash";
import type { LucideIcon } from "lucide-solid";

import type { Local } from "#client/sync/local.ts";
import { SYS } from "#shared/documents/names.ts";
import type { Row } from "#shared/entries/row.ts";
import type { ChannelId } from "#shared/ids.ts";

import type { Act } from "./use-talk.ts";

interface Look {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly key?: string;
  readonly danger?: boolean;
}

/** What each act is called, drawn as, and which key does it. */
export const acts: Readonly<Record<Act, Look>> = {
  react: { label: "React", icon: SmilePlus, key: "+" },
  reply: { label: "Reply", icon: Reply, key: "R" },
  save: { label: "Save", icon: Bookmark, key: "S" },
  edit: { label: "Edit", icon: Pencil, key: "E" },
  copy: { label: "Copy text", icon: Copy },
  link: { label: "Copy link", icon: Link, key: "L" },
  history: { label: "Show earlier text", icon: History },
  restore: { label: "Show to everybody again", icon: Eye, key: "H" },
  hide: { label: "Hide", icon: EyeOff, key: "H", danger: true },
  retract: { label: "Retract", icon: Trash, key: "Del", danger: true },
};

/** The acts that a person may do on a row, in the order of a menu. */
export function allowedActs(local: Local, channel: ChannelId, row: Row): readonly Act[] {
  if (row.kind !== "message" || row.author === SYS) return [];
  const about = { owner: row.author };
  const may = (action: Parameters<Local["may"]>[0]) => local.may(action, channel, about);

  const allowed: Readonly<Record<Act, boolean>> = {
    react: may("message.react") && row.hidden === undefined,
    reply: may("message.send") && row.hidden === undefined,
    save: local.conversations().some(({ kind }) => kind === "saved"),
    edit: may("message.edit"),
    copy: row.hidden === undefined,
    link: true,
    history: row.history.length > 0,
    restore: may("message.hide") && row.hidden !== undefined,
    hide: may("message.hide") && row.hidden === undefined,
    retract: may("message.retract"),
  };
  return (Object.keys(acts) as Act[]).filter((act) => allowed[act]);
}

/** The act of a key pressed in the timeline. */
export const actOfKey = (key: string, allowed: readonly Act[]): Act | undefined =>
  allowed.find((act) => acts[act].key?.toLowerCase() === (key === "Delete" ? "del" : key.toLowerCase()));

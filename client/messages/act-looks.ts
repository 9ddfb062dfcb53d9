import Bookmark from "lucide-solid/icons/bookmark";
import Copy from "lucide-solid/icons/copy";
import Eye from "lucide-solid/icons/eye";
import EyeOff from "lucide-solid/icons/eye-off";
import Flag from "lucide-solid/icons/flag";
import History from "lucide-solid/icons/rotate-ccw-clock";
import Link from "lucide-solid/icons/link";
import Pencil from "lucide-solid/icons/pencil";
import Reply from "lucide-solid/icons/reply";
import SmilePlus from "lucide-solid/icons/face-slightly-smiling-plus";
import Trash from "lucide-solid/icons/trash";
import type { LucideIcon } from "lucide-solid";

import type { Act } from "./use-talk.ts";

interface Look {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly danger?: boolean;
}

/** What each act is called and drawn as. */
export const looks: Readonly<Record<Act, Look>> = {
  react: { label: "React", icon: SmilePlus },
  reply: { label: "Reply", icon: Reply },
  save: { label: "Save", icon: Bookmark },
  edit: { label: "Edit", icon: Pencil },
  copy: { label: "Copy text", icon: Copy },
  link: { label: "Copy link", icon: Link },
  history: { label: "Show earlier text", icon: History },
  report: { label: "Report", icon: Flag },
  restore: { label: "Show to everybody again", icon: Eye },
  hide: { label: "Hide", icon: EyeOff, danger: true },
  retract: { label: "Retract", icon: Trash, danger: true },
};

import Activity from "lucide-solid/icons/activity";
import HeartPulse from "lucide-solid/icons/heart-pulse";
import Layers from "lucide-solid/icons/layers";
import ScrollText from "lucide-solid/icons/scroll-text";
import SlidersHorizontal from "lucide-solid/icons/sliders-horizontal";
import UsersRound from "lucide-solid/icons/users-round";
import type { LucideIcon } from "lucide-solid";

import { ADMIN } from "#client/paths.ts";

interface AdminPage {
  readonly href: string;
  readonly icon: LucideIcon;
  readonly label: string;
  /** The heading that it begins. */
  readonly under?: string;
}

/** What there is to look at. A new page is a line here and its route. */
export const adminPages: readonly AdminPage[] = [
  { href: `${ADMIN}/people`, icon: UsersRound, label: "People" },
  { href: `${ADMIN}/communities`, icon: Layers, label: "Communities" },
  { href: `${ADMIN}/activity`, icon: Activity, label: "Live activity", under: "How it does" },
  { href: `${ADMIN}/health`, icon: HeartPulse, label: "Health" },
  { href: `${ADMIN}/audit`, icon: ScrollText, label: "Audit trail" },
  { href: `${ADMIN}/settings`, icon: SlidersHorizontal, label: "Settings", under: "This installation" },
];

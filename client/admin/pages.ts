import Activity from "lucide-solid/icons/activity";
import HeartPulse from "lucide-solid/icons/heart-pulse";
import Layers from "lucide-solid/icons/layers";
import ScrollText from "lucide-solid/icons/scroll-text";
import SlidersHorizontal from "lucide-solid/icons/sliders-horizontal";
import UsersRound from "lucide-solid/icons/users-round";
import type { LucideIcon } from "lucide-solid";
import type { Component } from "solid-js";

import { later } from "#client/ui/later.tsx";

export interface OpenPage {
  /** What of it is open, as the address says. */
  readonly open: string | undefined;
}

interface AdminPage {
  /** Its address, below that of the administration. */
  readonly name: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly page: Component<OpenPage>;
  /** The heading that it begins. */
  readonly under?: string;
}

/** What there is to look at, the first being what opens first. A new page is a line here. */
export const adminPages: readonly AdminPage[] = [
  {
    name: "people",
    icon: UsersRound,
    label: "People",
    page: later(async () => (await import("./PeoplePage.tsx")).PeoplePage),
  },
  {
    name: "communities",
    icon: Layers,
    label: "Communities",
    page: later(async () => (await import("./CommunitiesPage.tsx")).CommunitiesPage),
  },
  {
    name: "activity",
    icon: Activity,
    label: "Live activity",
    page: later(async () => (await import("./ActivityPage.tsx")).ActivityPage),
    under: "How it does",
  },
  {
    name: "health",
    icon: HeartPulse,
    label: "Health",
    page: later(async () => (await import("./HealthPage.tsx")).HealthPage),
  },
  {
    name: "audit",
    icon: ScrollText,
    label: "Audit trail",
    page: later(async () => (await import("./AuditPage.tsx")).AuditPage),
  },
  {
    name: "settings",
    icon: SlidersHorizontal,
    label: "Settings",
    page: later(async () => (await import("./SettingsPage.tsx")).SettingsPage),
    under: "This installation",
  },
];

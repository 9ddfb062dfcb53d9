import Activity from "lucide-solid/icons/activity";
import ChartColumn from "lucide-solid/icons/chart-column";
import HeartPulse from "lucide-solid/icons/heart-pulse";
import Layers from "lucide-solid/icons/layers";
import ListChecks from "lucide-solid/icons/list-checks";
import ScrollText from "lucide-solid/icons/scroll-text";
import SlidersHorizontal from "lucide-solid/icons/sliders-horizontal";
import UsersRound from "lucide-solid/icons/users-round";

import type { AdminPage } from "#client/admin/admin-page.ts";
import { later } from "#client/ui/later.tsx";

/** What there is to look at, the first being what opens first. A new page is a line here. */
export const adminPages: readonly AdminPage[] = [
  {
    name: "people",
    icon: UsersRound,
    label: "People",
    page: later(async () => (await import("#client/admin/PeoplePage.tsx")).PeoplePage),
  },
  {
    name: "communities",
    icon: Layers,
    label: "Communities",
    page: later(async () => (await import("#client/admin/CommunitiesPage.tsx")).CommunitiesPage),
  },
  {
    name: "queue",
    icon: ListChecks,
    label: "Queue",
    page: later(async () => (await import("#client/moderation/QueuePage.tsx")).PlatformQueue),
    offline: true,
  },
  {
    name: "activity",
    icon: Activity,
    label: "Live activity",
    page: later(async () => (await import("#client/admin/ActivityPage.tsx")).ActivityPage),
    under: "How it does",
  },
  {
    name: "reports",
    icon: ChartColumn,
    label: "Reports",
    page: later(async () => (await import("#client/reports/PlatformReportsPage.tsx")).PlatformReportsPage),
  },
  {
    name: "health",
    icon: HeartPulse,
    label: "Health",
    page: later(async () => (await import("#client/admin/HealthPage.tsx")).HealthPage),
  },
  {
    name: "audit",
    icon: ScrollText,
    label: "Audit trail",
    page: later(async () => (await import("#client/admin/AuditPage.tsx")).AuditPage),
  },
  {
    name: "settings",
    icon: SlidersHorizontal,
    label: "Settings",
    page: later(async () => (await import("#client/admin/SettingsPage.tsx")).SettingsPage),
    under: "This installation",
  },
];

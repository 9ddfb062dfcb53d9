import { Navigate, type RouteDefinition } from "@solidjs/router";

import { ADMIN } from "#client/paths.ts";
import { later } from "#client/ui/later.tsx";

const PeoplePage = later(async () => (await import("#client/admin/PeoplePage.tsx")).PeoplePage);
const CommunitiesPage = later(async () => (await import("#client/admin/CommunitiesPage.tsx")).CommunitiesPage);

/** Running the place: nothing of it is loaded by anybody else. */
export const adminRoutes: RouteDefinition[] = [
  {
    path: ADMIN,
    component: later(async () => (await import("./AdminPlace.tsx")).AdminPlace),
    children: [
      { path: "/", component: PeoplePage, info: { view: "list" } },
      {
        path: "/people",
        component: PeoplePage,
        children: [
          { path: "/" },
          {
            path: "/:person",
            component: later(async () => (await import("#client/admin/PersonDrawer.tsx")).PersonDrawer),
          },
        ],
      },
      {
        path: "/communities",
        component: CommunitiesPage,
        children: [
          { path: "/" },
          {
            path: "/:community",
            component: later(async () => (await import("#client/admin/CommunityDrawer.tsx")).CommunityDrawer),
          },
        ],
      },
      {
        path: "/activity",
        component: later(async () => (await import("#client/admin/ActivityPage.tsx")).ActivityPage),
      },
      { path: "/health", component: later(async () => (await import("#client/admin/HealthPage.tsx")).HealthPage) },
      { path: "/audit", component: later(async () => (await import("#client/admin/AuditPage.tsx")).AuditPage) },
      {
        path: "/settings",
        component: later(async () => (await import("#client/admin/SettingsPage.tsx")).SettingsPage),
      },
    ],
  },
  // Where people were before there was more to run.
  { path: "/people", component: () => <Navigate href={`${ADMIN}/people`} /> },
];

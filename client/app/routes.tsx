import type { RouteDefinition } from "@solidjs/router";

import { later } from "#client/ui/later.tsx";

import { ChannelPlace, CommunityHome, CommunityPlace, ConversationPlace, Home } from "./places.tsx";

const Nothing = later(async () => (await import("./Nothing.tsx")).Nothing);
const ConversationsPlace = later(async () => (await import("./ConversationsPlace.tsx")).ConversationsPlace);
const ConversationsHome = later(async () => (await import("./ConversationsPlace.tsx")).ConversationsHome);
const AroundPlace = later(async () => (await import("#client/communities/AroundPlace.tsx")).AroundPlace);
const DiscoverPage = later(async () => (await import("#client/communities/DiscoverPage.tsx")).DiscoverPage);
const SettingsPlace = later(async () => (await import("#client/settings/SettingsPlace.tsx")).SettingsPlace);
const ProfilePage = later(async () => (await import("#client/settings/ProfilePage.tsx")).ProfilePage);

const AdminPlace = later(async () => (await import("./AdminPlace.tsx")).AdminPlace);

/** On a phone these addresses show their list, the others their sheet. */
const list = { view: "list" };

/** Outside: for whoever opens the address, signed in or not. */
export const openRoutes: RouteDefinition[] = [
  { path: "/sign-in", component: later(async () => (await import("#client/account/SignInPage.tsx")).SignInPage) },
  { path: "/sign-up", component: later(async () => (await import("#client/account/SignUpPage.tsx")).SignUpPage) },
  {
    path: "/forgotten",
    component: later(async () => (await import("#client/account/ForgottenPage.tsx")).ForgottenPage),
  },
  {
    path: "/first-admin",
    component: later(async () => (await import("#client/account/FirstAdminPage.tsx")).FirstAdminPage),
  },
  { path: "/reset", component: later(async () => (await import("#client/account/ResetPage.tsx")).ResetPage) },
  {
    path: "/sign-in-link",
    component: later(async () => (await import("#client/account/SignInLinkPage.tsx")).SignInLinkPage),
  },
  {
    path: "/invitation",
    component: later(async () => (await import("#client/account/InvitationPage.tsx")).InvitationPage),
  },
];

/** Inside the frame, where somebody is signed in. The talk is in the first chunk; everything else comes when it is asked for. */
export const placeRoutes: RouteDefinition[] = [
  { path: "/", component: Home, info: list },
  {
    path: "/c/:community",
    component: CommunityPlace,
    children: [
      { path: "/", component: CommunityHome, info: list },
      { path: "/members", component: later(async () => (await import("#client/members/MembersPage.tsx")).MembersPage) },
      {
        path: "/settings",
        component: later(async () => (await import("#client/communities/GeneralPage.tsx")).GeneralPage),
      },
      {
        path: "/settings/channels",
        component: later(async () => (await import("#client/communities/ChannelsPage.tsx")).ChannelsPage),
      },
      {
        path: "/settings/channels/new",
        component: later(async () => (await import("#client/communities/NewChannelPage.tsx")).NewChannelPage),
      },
      {
        path: "/settings/channels/:channel",
        component: later(async () => (await import("#client/communities/ChannelPage.tsx")).ChannelPage),
      },
      {
        path: "/settings/invitations",
        component: later(async () => (await import("#client/communities/InvitationsPage.tsx")).InvitationsPage),
      },
      {
        path: "/settings/audit",
        component: later(async () => (await import("#client/communities/TrailPage.tsx")).TrailPage),
      },
      {
        path: "/moderation",
        component: later(async () => (await import("#client/moderation/QueuePage.tsx")).CommunityQueue),
      },
      { path: "/reports", component: later(async () => (await import("#client/reports/ReportsPage.tsx")).ReportsPage) },
      { path: "/pages", component: later(async () => (await import("#client/pages/PagesPage.tsx")).PagesPage) },
      { path: "/pages/new", component: later(async () => (await import("#client/pages/NewPagePage.tsx")).NewPagePage) },
      { path: "/pages/:page", component: later(async () => (await import("#client/pages/PagePlace.tsx")).PagePlace) },
      { path: "/:channel", component: ChannelPlace },
    ],
  },
  {
    path: "/conversations",
    component: ConversationsPlace,
    children: [
      { path: "/", component: ConversationsHome, info: list },
      {
        path: "/new",
        component: later(
          async () => (await import("#client/conversations/NewConversationPage.tsx")).NewConversationPage,
        ),
      },
      { path: "/:conversation", component: ConversationPlace },
      {
        path: "/:conversation/group",
        component: later(async () => (await import("#client/conversations/GroupPage.tsx")).GroupPage),
      },
    ],
  },
  { path: "/discover", component: AroundPlace, children: [{ path: "/", component: DiscoverPage }] },
  {
    path: "/communities",
    component: AroundPlace,
    children: [
      {
        path: "/:community",
        component: later(async () => (await import("#client/communities/AboutPage.tsx")).AboutPage),
      },
    ],
  },
  {
    path: "/communities/new",
    component: later(async () => (await import("#client/communities/NewCommunityPage.tsx")).NewCommunityPage),
  },
  { path: "/search", component: later(async () => (await import("#client/search/SearchPage.tsx")).SearchPage) },
  {
    path: "/settings",
    component: SettingsPlace,
    children: [
      { path: "/", component: ProfilePage, info: list },
      { path: "/profile", component: ProfilePage },
      {
        path: "/appearance",
        component: later(async () => (await import("#client/settings/AppearancePage.tsx")).AppearancePage),
      },
      {
        path: "/sign-in",
        component: later(async () => (await import("#client/settings/SignInSettingsPage.tsx")).SignInSettingsPage),
      },
      { path: "/device", component: later(async () => (await import("#client/settings/DevicePage.tsx")).DevicePage) },
    ],
  },
  {
    path: "/notices",
    component: SettingsPlace,
    children: [
      { path: "/", component: later(async () => (await import("#client/order/NoticesPage.tsx")).NoticesPage) },
    ],
  },
  // What there is to run is listed in client/app/admin-pages.ts, which nobody else loads.
  { path: "/admin", component: AdminPlace, info: list },
  { path: "/admin/*page", component: AdminPlace },
  { path: "/people", component: AdminPlace }, // where they were before there was more to run
  { path: "*", component: Nothing },
];

import type { RouteDefinition } from "@solidjs/router";

import { ChannelPlace, CommunityHome, CommunityPlace, ConversationPlace, ConversationsHome, ConversationsPlace, Home } from "./places.tsx";
import { Nothing } from "./Nothing.tsx";

/** On a phone these addresses show their list, the others their sheet. */
const list = { view: "list" };

/** Outside: for whoever opens the address, signed in or not. */
export const openRoutes: RouteDefinition[] = [];

/** Inside the frame, where somebody is signed in. The talk is in the first chunk; everything else comes when it is asked for. */
export const placeRoutes: RouteDefinition[] = [
  { path: "/", component: Home, info: list },
  {
    path: "/c/:community",
    component: CommunityPlace,
    children: [
      { path: "/", component: CommunityHome, info: list },
      { path: "/:channel", component: ChannelPlace },
    ],
  },
  {
    path: "/conversations",
    component: ConversationsPlace,
    children: [
      { path: "/", component: ConversationsHome, info: list },
      { path: "/:conversation", component: ConversationPlace },
    ],
  },
  { path: "*", component: Nothing },
];

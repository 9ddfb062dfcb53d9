import { accountEndpoints } from "./account.ts";
import { channelEndpoints } from "./channels.ts";
import { communityEndpoints } from "./communities.ts";
import { conversationEndpoints } from "./conversations.ts";
import { installationEndpoints } from "./installation.ts";
import { invitationEndpoints } from "./invitations.ts";
import { messageEndpoints } from "./messages.ts";
import { pageEndpoint } from "./page.ts";
import { peopleEndpoints } from "./people.ts";
import { searchEndpoints } from "./search.ts";

/** What the HTTP API does for everybody. What loads later is in `later-endpoints.ts`. */
export const endpoints = {
  ...accountEndpoints,
  ...peopleEndpoints,
  ...communityEndpoints,
  ...invitationEndpoints,
  ...channelEndpoints,
  ...conversationEndpoints,
  ...messageEndpoints,
  ...pageEndpoint,
  ...searchEndpoints,
  ...installationEndpoints,
} as const;

export const API_ROOT = "/api/v1";

import { accountEndpoints } from "./account.ts";
import { channelEndpoints } from "./channels.ts";
import { communityEndpoints } from "./communities.ts";
import { conversationEndpoints } from "./conversations.ts";
import { invitationEndpoints } from "./invitations.ts";
import { messageEndpoints } from "./messages.ts";
import { moderationEndpoints } from "./moderation.ts";
import { peopleEndpoints } from "./people.ts";
import { searchEndpoints } from "./search.ts";

/** Everything that the HTTP API does. */
export const endpoints = {
  ...accountEndpoints,
  ...peopleEndpoints,
  ...communityEndpoints,
  ...invitationEndpoints,
  ...channelEndpoints,
  ...conversationEndpoints,
  ...messageEndpoints,
  ...moderationEndpoints,
  ...searchEndpoints,
} as const;

export const API_ROOT = "/api/v1";

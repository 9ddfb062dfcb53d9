import type { Ref } from "#shared/entries/kind.ts";
import type { MirroredChannel, MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";

/** Where everything is. Addresses are for ever: people send them to each other. */
export const communityPath = (community: CommunityId): string => `/c/${community}`;
export const channelPath = (community: CommunityId, channel: ChannelId): string => `/c/${community}/${channel}`;
export const conversationPath = (conversation: ChannelId): string => `/conversations/${conversation}`;
export const CONVERSATIONS = "/conversations";
export const SEARCH = "/search";
export const SETTINGS = "/settings";
export const DISCOVER = "/discover";

/** Where people talk: a channel or a conversation. */
export type TalkPlace = MirroredChannel | MirroredConversation;

export const talkPath = (place: TalkPlace): string =>
  place.of === "channel" ? channelPath(place.community, place.id) : conversationPath(place.id);

/** A message in its surroundings. */
export const messagePath = (place: TalkPlace, { author, id, segment }: Ref): string =>
  `${talkPath(place)}?at=${[author, id, segment ?? 1].join(".")}`;

export const NEW_COMMUNITY = "/communities/new";
export const NEW_CONVERSATION = "/conversations/new";
/** What was done about oneself, and what came of what one reported. */
export const NOTICES = "/notices";
export const queuePath = (community: CommunityId): string => `${communityPath(community)}/moderation`;
/** Running the whole place. */
export const ADMIN = "/admin";
export const adminPersonPath = (person: MemberId): string => `${ADMIN}/people/${person}`;
export const adminCommunityPath = (community: CommunityId): string => `${ADMIN}/communities/${community}`;
/** What a community says about itself, to members and to those who are not yet. */
export const aboutPath = (community: CommunityId): string => `/communities/${community}`;
export const membersPath = (community: CommunityId): string => `${communityPath(community)}/members`;
export const managePath = (community: CommunityId): string => `${communityPath(community)}/settings`;
export const manageChannelsPath = (community: CommunityId): string => `${managePath(community)}/channels`;
export const newChannelPath = (community: CommunityId): string => `${manageChannelsPath(community)}/new`;
export const manageChannelPath = (community: CommunityId, channel: ChannelId): string =>
  `${manageChannelsPath(community)}/${channel}`;
export const invitationsPath = (community: CommunityId): string => `${managePath(community)}/invitations`;
/** What was done by those who run a community. */
export const trailPath = (community: CommunityId): string => `${managePath(community)}/audit`;
export const reportsPath = (community: CommunityId): string => `${communityPath(community)}/reports`;
/** Running a group: its name, who is in it, and the way out. */
export const groupPath = (conversation: ChannelId): string => `${conversationPath(conversation)}/group`;
/** Pinned posts, guidelines and wiki pages. */
export const pagesPath = (community: CommunityId): string => `${communityPath(community)}/pages`;
export const newPagePath = (community: CommunityId, channel?: ChannelId): string =>
  `${pagesPath(community)}/new${channel === undefined ? "" : `?in=${channel}`}`;
export const pagePath = (community: CommunityId, page: PageId): string => `${pagesPath(community)}/${page}`;

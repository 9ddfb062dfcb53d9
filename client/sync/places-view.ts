import type {
  MirroredChannel,
  MirroredCommunity,
  MirroredConversation,
  MirroredPage,
} from "#shared/entries/kinds/mirror.ts";
import type { CommunityId } from "#shared/ids.ts";

import type { View } from "./mirrors.ts";

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => a.name.localeCompare(b.name);

export const communitiesOf = (view: View): readonly MirroredCommunity[] =>
  [...view.communities.values()].toSorted(byName);

export const channelsIn = (view: View, community: CommunityId): readonly MirroredChannel[] =>
  [...view.channels.values()]
    .filter((channel) => channel.community === community)
    .toSorted((a, b) => a.position - b.position || byName(a, b));

/** First those of the community as a whole; pinned ones before the others, each in its place. */
export const pagesIn = (view: View, community: CommunityId): readonly MirroredPage[] =>
  [...view.pages.values()]
    .filter((page) => page.community === community)
    .toSorted(
      (a, b) =>
        Number(a.channel !== undefined) - Number(b.channel !== undefined) ||
        Number(b.pinned) - Number(a.pinned) ||
        a.position - b.position ||
        (a.id < b.id ? -1 : 1),
    );

/** One's saved messages, then the newest conversation first: ids begin with their time. */
export const conversationsOf = (view: View): readonly MirroredConversation[] =>
  [...view.conversations.values()].toSorted(
    (a, b) => Number(b.kind === "saved") - Number(a.kind === "saved") || (a.id < b.id ? 1 : -1),
  );

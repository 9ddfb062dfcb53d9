import type { Local, Unread } from "#client/sync/local.ts";
import type { ChannelId } from "#shared/ids.ts";

/** What is unread in several places together. */
export function sumUnread(local: Local, places: readonly { readonly id: ChannelId }[]): Unread {
  const counts = places.map(({ id }) => local.unread(id));
  return {
    messages: counts.reduce((sum, { messages }) => sum + messages, 0),
    mentions: counts.reduce((sum, { mentions }) => sum + mentions, 0),
  };
}

/** Before the tab's title: how many messages mean this person, else a dot when anything is unread. */
export function titleMark(local: Local): string {
  const channels = sumUnread(
    local,
    local.communities().flatMap(({ id }) => local.channelsOf(id)),
  );
  const conversations = sumUnread(local, local.conversations());
  const meant = channels.mentions + conversations.messages;
  if (meant > 0) return `(${meant})`;
  return channels.messages > 0 ? "•" : "";
}

import type { EntryOf } from "#shared/entries/kinds.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";

/** Whose rights changed, or where. Sessions are named by their handles, and have ended. */
export interface AuthorityChange {
  readonly people: readonly MemberId[];
  readonly communities: readonly CommunityId[];
  readonly channels: readonly ChannelId[];
  readonly sessions: readonly string[];
}

/** What the server says aloud about a change. */
export type NoticeValue =
  | Pick<EntryOf<"joined">, "kind" | "member">
  | Pick<EntryOf<"left">, "kind" | "member">
  | Pick<EntryOf<"archived">, "kind" | "on">;

export interface NoticePlace {
  readonly kind: "channel" | "dm";
  readonly id: ChannelId;
}

export interface Notice {
  readonly place: NoticePlace;
  readonly value: NoticeValue;
}

/** Where a command that changes authority writes down, beside the tables, what else must come of it. */
export interface Consequences {
  /** What these people may see or do is another than before. */
  people(...ids: readonly MemberId[]): void;
  community(id: CommunityId): void;
  channel(id: ChannelId): void;
  sessionsEnded(...handles: readonly string[]): void;
  say(place: NoticePlace, value: NoticeValue): void;
}

export interface Collected {
  readonly change: AuthorityChange;
  readonly notices: readonly Notice[];
}

export function collectConsequences(): { readonly consequences: Consequences; readonly collected: () => Collected } {
  const people = new Set<MemberId>();
  const communities = new Set<CommunityId>();
  const channels = new Set<ChannelId>();
  const sessions = new Set<string>();
  const notices: Notice[] = [];

  return {
    consequences: {
      people: (...ids) => ids.forEach((id) => people.add(id)),
      community: (id) => void communities.add(id),
      channel: (id) => void channels.add(id),
      sessionsEnded: (...handles) => handles.forEach((handle) => sessions.add(handle)),
      say: (place, value) => void notices.push({ place, value }),
    },
    collected: () => ({
      change: { people: [...people], communities: [...communities], channels: [...channels], sessions: [...sessions] },
      notices,
    }),
  };
}

import * as z from "zod/mini";

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A person on this installation; the name of their log and of their home. */
export type MemberId = Branded<"member">;
export type CommunityId = Branded<"community">;
/** Whatever has entries of its own: a channel, a conversation, or a person's home. */
export type ChannelId = Branded<"channel">;
/** A pinned post, a guideline or a page of a wiki. */
export type PageId = Branded<"page">;
/** Chosen by the writing client; names an entry for ever, together with its author. */
export type EntryId = Branded<"entry">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** Says what is as it stands and transforms nothing, so that the same schema reads, writes and documents an id. */
const branded = <Id extends string>(pattern: RegExp) =>
  z.string().check(z.regex(pattern)) as unknown as z.ZodMiniType<Id, Id>;

export const memberId = branded<MemberId>(UUID);
export const communityId = branded<CommunityId>(UUID);
export const channelId = branded<ChannelId>(UUID);
export const pageId = branded<PageId>(UUID);
export const entryId = branded<EntryId>(ULID);

export const isEntryId = (value: unknown): value is EntryId => typeof value === "string" && ULID.test(value);

export const isUuid = (text: string): boolean => UUID.test(text);

const VERSION = 14;
/** One digit of an id, turned over: doing it twice gives the id back. */
const turned = (id: string): string =>
  `${id.slice(0, VERSION)}${(Number.parseInt(id.charAt(VERSION), 16) ^ 8).toString(16)}${id.slice(VERSION + 1)}`;

/** The desk of a community's moderators: a channel whose id is the community's, turned over. */
export const deskOf = (community: CommunityId): ChannelId => turned(community) as ChannelId;
export const communityOfDesk = (desk: ChannelId): CommunityId => turned(desk) as CommunityId;

/** Stands where a community is asked for, and means the whole installation. */
export const PLATFORM = "00000000-0000-0000-0000-000000000000" as CommunityId;

/** A person's home is a channel that bears the person's own id. */
export const homeOf = (member: MemberId): ChannelId => member as string as ChannelId;

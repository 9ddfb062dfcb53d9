import { communityOfDesk, deskOf, isUuid, type ChannelId, type CommunityId, type MemberId } from "../ids.ts";

/** The kinds of document that hold a segmented log of entries. */
export type LogKind = "channel" | "dm" | "user" | "desk";

/** What a document's name says. The name is part of the wire format. */
export type DocumentRef =
  | { readonly kind: LogKind; readonly id: ChannelId; readonly segment: number }
  | { readonly kind: "community"; readonly id: CommunityId; readonly segment: 1 };

const PATTERN = /^(channel|dm|user|desk):([^/]+)\/([1-9]\d{0,5})$|^community:([^/]+)$/;

/** Undefined for anything that is not exactly the name of a document; never throws. */
export function parseDocumentName(name: string): DocumentRef | undefined {
  const [, kind, id, segment, community] = PATTERN.exec(name) ?? [];

  if (community !== undefined)
    return isUuid(community) ? { kind: "community", id: community as CommunityId, segment: 1 } : undefined;
  if (kind === undefined || id === undefined || !isUuid(id)) return undefined;

  // A desk is called after its community, and has entries under an id of its own.
  const channel = kind === "desk" ? deskOf(id as CommunityId) : (id as ChannelId);
  return { kind: kind as LogKind, id: channel, segment: Number(segment) };
}

export const logDocument = (kind: LogKind, id: ChannelId, segment: number): string =>
  `${kind}:${kind === "desk" ? communityOfDesk(id) : id}/${segment}`;
export const communityDocument = (id: CommunityId): string => `community:${id}`;

/** The log that only the server writes. */
export const SYS = "sys";

/** Who wrote an entry: a member, or the server. */
export type Author = MemberId | typeof SYS;

/** Root names are part of the wire format and of the permission: whoever may write to a log *is* its author. */
export const logName = (author: Author): string => (author === SYS ? SYS : `log/${author}`);

/** The author of the log with this root name; undefined for a root that is no log. */
export function authorOfLog(root: string): Author | undefined {
  if (root === SYS) return SYS;
  const id = root.startsWith("log/") ? root.slice(4) : "";
  return isUuid(id) ? (id as MemberId) : undefined;
}

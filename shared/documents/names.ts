import {
  communityOfDesk,
  deskOf,
  isUuid,
  type ChannelId,
  type CommunityId,
  type MemberId,
  type PageId,
} from "../ids.ts";

/** The kinds of document that hold a segmented log of entries. */
export const logKinds = ["channel", "dm", "user", "desk"] as const;
export type LogKind = (typeof logKinds)[number];

/** What a document's name says. The name is part of the wire format. */
export type DocumentRef =
  | { readonly kind: LogKind; readonly id: ChannelId; readonly segment: number }
  | { readonly kind: "community"; readonly id: CommunityId; readonly segment: 1 }
  | PageRef;

/** A document that is a log of entries, and goes on in segments. */
export type LogRef = Extract<DocumentRef, { readonly kind: LogKind }>;

export const isLog = (ref: DocumentRef): ref is LogRef => ref.kind !== "community" && ref.kind !== "page";

/** A page: co-edited rich text, and no log. */
export interface PageRef {
  readonly kind: "page";
  readonly id: PageId;
  readonly segment: 1;
}

const PATTERN = new RegExp(`^(${logKinds.join("|")}):([^/]+)/([1-9]\\d{0,5})$|^(community|page):([^/]+)$`);

/** Undefined for anything that is not exactly the name of a document; never throws. */
export function parseDocumentName(name: string): DocumentRef | undefined {
  const [, kind, id, segment, whole, single] = PATTERN.exec(name) ?? [];

  if (single !== undefined) return isUuid(single) ? wholeDocument(whole as "community" | "page", single) : undefined;
  if (kind === undefined || id === undefined || !isUuid(id)) return undefined;

  // A desk is called after its community, and has entries under an id of its own.
  const channel = kind === "desk" ? deskOf(id as CommunityId) : (id as ChannelId);
  return { kind: kind as LogKind, id: channel, segment: Number(segment) };
}

const wholeDocument = (kind: "community" | "page", id: string): DocumentRef =>
  kind === "page" ? { kind, id: id as PageId, segment: 1 } : { kind, id: id as CommunityId, segment: 1 };

export const logDocument = (kind: LogKind, id: ChannelId, segment: number): string =>
  `${kind}:${kind === "desk" ? communityOfDesk(id) : id}/${segment}`;
export const communityDocument = (id: CommunityId): string => `community:${id}`;

export const pageDocument = (id: PageId): string => `page:${id}`;

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

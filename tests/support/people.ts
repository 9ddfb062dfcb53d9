import { v7 as uuid } from "uuid";
import { ulid } from "ulid";
import type { Kysely } from "kysely";

import { communityDocument, logDocument } from "#shared/documents/names.ts";
import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import { deskOf, type ChannelId, type CommunityId, type EntryId, type MemberId, type PageId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import { openPage } from "#server/documents/open.ts";
import type { Database } from "#server/database/types.ts";

/** Puts people and places straight into the tables, for tests of what lies below the HTTP API. */
export async function person(db: Kysely<Database>, name: string, id = uuid() as MemberId): Promise<MemberId> {
  await db
    .insertInto("person")
    .values({ id, login: `${name.toLowerCase()}-${id}`, name })
    .execute();
  await document(db, logDocument("user", id as unknown as ChannelId, 1), id, "user");
  return id;
}

export async function community(
  db: Kysely<Database>,
  members: Readonly<Record<MemberId, Role>> = {},
  id = uuid() as CommunityId,
): Promise<CommunityId> {
  await db.insertInto("community").values({ id, name: "Northern Networks", access: "open" }).execute();
  for (const [member, role] of Object.entries(members)) await join(db, id, member as MemberId, role);
  await document(db, communityDocument(id), id, "community");
  await document(db, logDocument("desk", deskOf(id), 1), deskOf(id), "desk");
  return id;
}

export const join = (db: Kysely<Database>, community_id: CommunityId, person_id: MemberId, role: Role) =>
  db.insertInto("membership").values({ community_id, person_id, role }).execute();

export async function channel(
  db: Kysely<Database>,
  community_id: CommunityId,
  options: {
    readonly kind?: "chat" | "broadcast";
    readonly private?: boolean;
    readonly inside?: readonly MemberId[];
    readonly id?: ChannelId;
  } = {},
): Promise<ChannelId> {
  const id = options.id ?? (uuid() as ChannelId);
  await db
    .insertInto("channel")
    .values({ id, community_id, kind: options.kind ?? "chat", name: id, private: options.private ?? false })
    .execute();
  for (const person_id of options.inside ?? [])
    await db.insertInto("participant").values({ channel_id: id, person_id }).execute();
  await document(db, logDocument("channel", id, 1), id, "channel");
  return id;
}

/** An empty page of a community as a whole. */
export async function page(
  db: Kysely<Database>,
  community_id: CommunityId,
  options: { readonly kind?: "post" | "guidelines" | "wiki"; readonly id?: PageId } = {},
): Promise<PageId> {
  const { kind = "post", id = uuid() as PageId } = options;
  await db
    .insertInto("page")
    .values({ id, community_id, channel_id: null, title: "Rules", kind, created_by: null })
    .execute();
  await openPage(db, id);
  return id;
}

async function document(
  db: Kysely<Database>,
  name: string,
  channel_id: string,
  kind: "channel" | "dm" | "user" | "community" | "desk",
): Promise<void> {
  await db.insertInto("document").values({ name, channel_id, kind, segment: 1, opened_at: Date.now() }).execute();
}

export const say = (body: string, more: Partial<EntryOf<"message">> = {}): EntryOf<"message"> => {
  const at = more.at ?? Date.now();
  return { id: ulid(at) as EntryId, at, kind: "message", body, ...more };
};

/** An entry of any other kind. */
export const about = <Kind extends Entry["kind"]>(
  kind: Kind,
  more: Omit<EntryOf<Kind>, "id" | "at" | "kind"> & { readonly at?: number },
): EntryOf<Kind> => {
  const at = more.at ?? Date.now();
  return { id: ulid(at) as EntryId, at, kind, ...more } as unknown as EntryOf<Kind>;
};

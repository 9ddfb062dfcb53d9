import { sql, type Kysely, type RawBuilder } from "kysely";

import type { DocumentRef } from "#shared/documents/names.ts";
import { homeOf, type MemberId } from "#shared/ids.ts";
import type { Actor, Place, Role, Target } from "#shared/permissions/rules.ts";
import type { Standing } from "#server/gate/judge-entry.ts";
import type { Database } from "#server/database/types.ts";

/** Somebody who wants to do something in a channel, a conversation, a home or a community. */
export interface Appearance {
  readonly person: MemberId;
  readonly place: DocumentRef;
}

interface Facts {
  readonly people: ReadonlyMap<string, { readonly platform_admin: boolean; readonly disabled: boolean }>;
  readonly channels: ReadonlyMap<string, ChannelFacts>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly participants: ReadonlySet<string>;
  readonly pages: ReadonlyMap<string, PageFacts>;
}

interface PageFacts {
  readonly id: string;
  readonly kind: "post" | "guidelines" | "wiki";
  readonly community_id: string;
  readonly channel_id: string | null;
  readonly archived: boolean;
}

interface ChannelFacts {
  readonly id: string;
  readonly kind: "chat" | "broadcast" | "direct" | "group" | "saved";
  readonly community_id: string | null;
  readonly private: boolean;
  readonly archived: boolean;
}

export type StandingOf = (appearance: Appearance) => Standing;

/**
 * What the tables say about people and places. With `locked`, nothing of it can change before the transaction ends:
 * else a row could be committed after its author's removal. People are locked here; channels by their documents, which
 * a batch has locked before, and which `holdChannels` locks too.
 */
export async function readStandings(
  db: Kysely<Database>,
  appearances: readonly Appearance[],
  locked: boolean,
): Promise<StandingOf> {
  const { rows } = await sql<{ found: FoundStandings }>`select ${standings(appearances, locked)} as found`.execute(db);
  return standingsIn((rows[0] as { found: FoundStandings }).found);
}

/** The same as a part of a statement. */
export function standingsIn(found: FoundStandings): StandingOf {
  const facts = factsOf(found);
  return (appearance) => standing(appearance, facts);
}

/**
 * To be called before a change of what may be written in channels at all. Waits for those who are writing there, and
 * keeps others waiting until the transaction ends. To lock the channels for reading would do as well, but then the
 * batches of several nodes, which overlap, could keep a change waiting for ever.
 *
 * Who held a head while it was waited for may have opened the next segment, which a statement does not see that began
 * before. Once nothing is found that is new, the heads are held, and only who holds a head opens another segment.
 */
export async function holdChannels(trx: Kysely<Database>, channels: readonly string[]): Promise<void> {
  let held = -1;
  for (let found = 0; found > held;) {
    held = found;
    const { rows } = await sql`
      select from document
      where channel_id = any(${channels}::uuid[])
        or channel_id in (select id from page where channel_id = any(${channels}::uuid[]))
      order by name for update`.execute(trx);
    found = rows.length;
  }
}

/** What `standings` finds. */
export interface FoundStandings {
  readonly channels: readonly ChannelFacts[];
  readonly people: readonly { readonly id: string; readonly platform_admin: boolean; readonly disabled: boolean }[];
  readonly roles: readonly { readonly community_id: string; readonly person_id: string; readonly role: Role }[];
  readonly participants: readonly { readonly channel_id: string; readonly person_id: string }[];
  readonly pages: readonly PageFacts[];
}

/** An expression for what is asked about standings. Rows are locked in one order, so that two batches never cross. */
export function standings(appearances: readonly Appearance[], locked: boolean): RawBuilder<FoundStandings> {
  const people = unique(appearances.map(({ person }) => person));
  const channels = placesOf(appearances, "channel", "dm");
  const communities = placesOf(appearances, "community");
  const pages = placesOf(appearances, "page");
  const share = locked ? sql`for share` : sql``;
  return sql`(
    with sheet as (
      select p.id, p.kind, p.community_id, p.channel_id, (o.archived_at is not null) as archived
      from page p join community o on o.id = p.community_id
      where p.id = any(${pages}::uuid[]) and p.deleted_at is null),
    place as (
      select c.id, c.kind, c.community_id, c.private,
        (c.archived_at is not null or o.archived_at is not null) as archived
      from channel c left join community o on o.id = c.community_id
      where c.id = any(${channels}::uuid[]) or c.id in (select channel_id from sheet)),
    someone as (
      select id, platform_admin, disabled_at is not null as disabled from person
      where id = any(${people}::uuid[]) order by id ${share}),
    belonging as (
      select community_id, person_id, role from membership
      where community_id in (select community_id from place union select community_id from sheet union select unnest(${communities}::uuid[]))
        and person_id = any(${people}::uuid[])
      order by community_id, person_id ${share}),
    inside as (
      select channel_id, person_id from participant
      where channel_id in (select id from place) and person_id = any(${people}::uuid[])
      order by channel_id, person_id ${share})
    select json_build_object(
      'channels', (select coalesce(json_agg(place), '[]') from place),
      'people', (select coalesce(json_agg(someone), '[]') from someone),
      'roles', (select coalesce(json_agg(belonging), '[]') from belonging),
      'participants', (select coalesce(json_agg(inside), '[]') from inside),
      'pages', (select coalesce(json_agg(sheet), '[]') from sheet)))`;
}

const unique = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted();

const placesOf = (appearances: readonly Appearance[], ...kinds: readonly DocumentRef["kind"][]): string[] =>
  unique(appearances.filter(({ place }) => kinds.includes(place.kind)).map(({ place }) => place.id));

const factsOf = ({ channels, people, roles, participants, pages }: FoundStandings): Facts => ({
  channels: new Map(channels.map((channel) => [channel.id, channel])),
  pages: new Map(pages.map((page) => [page.id, page])),
  people: new Map(people.map((row) => [row.id, row])),
  roles: new Map(roles.map((row) => [`${row.community_id} ${row.person_id}`, row.role])),
  participants: new Set(participants.map((row) => `${row.channel_id} ${row.person_id}`)),
});

function standing({ person, place }: Appearance, facts: Facts): Standing {
  const { community, inside, target } = situation(place, person, facts);
  const known = facts.people.get(person);
  const actor: Actor = {
    id: person,
    platformAdmin: known?.platform_admin === true,
    role: community === null ? undefined : facts.roles.get(`${community} ${person}`),
    inside,
  };
  return known === undefined || known.disabled ? nobody(actor, target) : { actor, target };
}

const nobody = (actor: Actor, target: Target): Standing => ({
  actor: { ...actor, platformAdmin: false, role: undefined, inside: false },
  target,
});

interface Situation {
  readonly community: string | null;
  readonly inside: boolean;
  readonly target: Target;
}

/** Unknown channels look like conversations one is not in: "no such channel" and "not yours" are one answer. */
function situation(place: DocumentRef, person: MemberId, facts: Facts): Situation {
  if (place.kind === "user") return { community: null, inside: place.id === homeOf(person), target: { place: "home" } };
  if (place.kind === "community") return { community: place.id, inside: false, target: { place: "community" } };
  if (place.kind === "page") return atPage(place.id, person, facts);

  const channel = facts.channels.get(place.id);
  const inside = facts.participants.has(`${place.id} ${person}`);
  if (channel === undefined || isConversation(channel) !== (place.kind === "dm"))
    return { community: null, inside: false, target: { place: "conversation" } };
  return {
    community: channel.community_id,
    inside,
    target: { place: placeOf(channel), private: channel.private, archived: channel.archived },
  };
}

/** A page of a channel is open to those to whom the channel is. */
function atPage(id: string, person: MemberId, facts: Facts): Situation {
  const page = facts.pages.get(id);
  const channel = facts.channels.get(page?.channel_id ?? "");
  if (page === undefined) return { community: null, inside: false, target: { place: "conversation" } };
  return {
    community: page.community_id,
    inside: facts.participants.has(`${page.channel_id} ${person}`),
    target: {
      place: "page",
      private: channel?.private === true,
      archived: page.archived || channel?.archived === true,
      shared: page.kind === "wiki",
    },
  };
}

const isConversation = ({ kind }: ChannelFacts): boolean => kind === "direct" || kind === "group" || kind === "saved";

const placeOf = (channel: ChannelFacts): Place =>
  channel.kind === "chat" || channel.kind === "broadcast" ? channel.kind : "conversation";

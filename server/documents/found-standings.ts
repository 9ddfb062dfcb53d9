import { sql, type RawBuilder } from "kysely";

import type { DocumentRef } from "#shared/documents/names.ts";
import { communityOfDesk, type ChannelId, type MemberId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";

/** Somebody who wants to do something in a channel, a conversation, a home or a community. */
export interface Appearance {
  readonly person: MemberId;
  readonly place: DocumentRef;
}

export interface PageFacts {
  readonly id: string;
  readonly kind: "post" | "guidelines" | "wiki";
  readonly community_id: string;
  readonly channel_id: string | null;
  readonly archived: boolean;
}

export interface ChannelFacts {
  readonly id: string;
  readonly kind: "chat" | "broadcast" | "direct" | "group" | "saved";
  readonly community_id: string | null;
  readonly private: boolean;
  readonly archived: boolean;
  readonly locked: boolean;
  readonly slow_seconds: number;
}

export interface FoundMeasure {
  readonly community_id: string;
  readonly person_id: string;
  readonly kind: "mute" | "ban";
  readonly reason: string;
  readonly until: number | null;
}

/** What `standings` finds. */
export interface FoundStandings {
  readonly channels: readonly ChannelFacts[];
  readonly people: readonly { readonly id: string; readonly platform_admin: boolean; readonly disabled: boolean }[];
  readonly roles: readonly {
    readonly community_id: string;
    readonly person_id: string;
    readonly role: Role;
    readonly muted_until: number | null;
  }[];
  readonly participants: readonly { readonly channel_id: string; readonly person_id: string }[];
  readonly pages: readonly PageFacts[];
  readonly measures: readonly FoundMeasure[];
  readonly spoken: readonly { readonly channel_id: string; readonly person_id: string; readonly received: number }[];
}

/** An expression for what is asked about standings. Rows are locked in one order, so that two batches never cross. */
export function standings(appearances: readonly Appearance[], locked: boolean): RawBuilder<FoundStandings> {
  const people = unique(appearances.map(({ person }) => person));
  const channels = placesOf(appearances, "channel", "dm");
  const communities = unique([
    ...placesOf(appearances, "community"),
    ...placesOf(appearances, "desk").map((id) => communityOfDesk(id as ChannelId)),
  ]);
  const pages = placesOf(appearances, "page");
  const share = locked ? sql`for share` : sql``;
  return sql`(
    with sheet as (
      select p.id, p.kind, p.community_id, p.channel_id, (o.archived_at is not null) as archived
      from page p join community o on o.id = p.community_id
      where p.id = any(${pages}::uuid[]) and p.deleted_at is null),
    place as (
      select c.id, c.kind, c.community_id, c.private,
        (c.archived_at is not null or o.archived_at is not null) as archived,
        c.locked_at is not null as locked, c.slow_seconds
      from channel c left join community o on o.id = c.community_id
      where c.id = any(${channels}::uuid[]) or c.id in (select channel_id from sheet)),
    someone as (
      select id, platform_admin, disabled_at is not null as disabled from person
      where id = any(${people}::uuid[]) order by id ${share}),
    belonging as (
      select community_id, person_id, role, ${ms("muted_until")} as muted_until from membership
      where community_id in (select community_id from place union select community_id from sheet union select unnest(${communities}::uuid[]))
        and person_id = any(${people}::uuid[])
      order by community_id, person_id ${share}),
    inside as (
      select channel_id, person_id from participant
      where channel_id in (select id from place) and person_id = any(${people}::uuid[])
      order by channel_id, person_id ${share}),
    forbidden as (
      select community_id, person_id, kind, reason, ${ms("until")} as until from measure
      where person_id = any(${people}::uuid[]) and kind in ('mute', 'ban') and lifted_at is null
        and community_id in (select community_id from place union select community_id from sheet union select unnest(${communities}::uuid[]))),
    said as (
      select channel_id, person_id, received from spoken
      where channel_id in (select id from place where slow_seconds > 0) and person_id = any(${people}::uuid[]))
    select json_build_object(
      'channels', (select coalesce(json_agg(place), '[]') from place),
      'people', (select coalesce(json_agg(someone), '[]') from someone),
      'roles', (select coalesce(json_agg(belonging), '[]') from belonging),
      'participants', (select coalesce(json_agg(inside), '[]') from inside),
      'pages', (select coalesce(json_agg(sheet), '[]') from sheet),
      'measures', (select coalesce(json_agg(forbidden), '[]') from forbidden),
      'spoken', (select coalesce(json_agg(said), '[]') from said)))`;
}

const ms = (column: string) => sql`floor(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;

const unique = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted();

const placesOf = (appearances: readonly Appearance[], ...kinds: readonly DocumentRef["kind"][]): string[] =>
  unique(appearances.filter(({ place }) => kinds.includes(place.kind)).map(({ place }) => place.id));

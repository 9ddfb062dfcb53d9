import { sql, type Kysely } from "kysely";

import type { DocumentRef } from "#shared/documents/names.ts";
import { communityOfDesk, homeOf, PLATFORM, type MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Actor, Place, Role, Target } from "#shared/permissions/rules.ts";
import type { Standing, Term } from "#server/gate/judge-entry.ts";
import type { Database } from "#server/database/types.ts";

import {
  standings,
  type Appearance,
  type ChannelFacts,
  type FoundMeasure,
  type FoundStandings,
  type PageFacts,
} from "./found-standings.ts";

interface Facts {
  readonly people: ReadonlyMap<string, { readonly platform_admin: boolean; readonly disabled: boolean }>;
  readonly channels: ReadonlyMap<string, ChannelFacts>;
  readonly memberships: ReadonlyMap<string, { readonly role: Role; readonly muted_until: number | null }>;
  readonly participants: ReadonlySet<string>;
  readonly pages: ReadonlyMap<string, PageFacts>;
  /** Why somebody may only read, or not even that, by community and person. */
  readonly mutes: ReadonlyMap<string, FoundMeasure>;
  readonly bans: ReadonlyMap<string, FoundMeasure>;
  readonly spoken: ReadonlyMap<string, number>;
  readonly now: number;
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
  now: number = Date.now(),
): Promise<StandingOf> {
  const { rows } = await sql<{ found: FoundStandings }>`select ${standings(appearances, locked)} as found`.execute(db);
  return standingsIn((rows[0] as { found: FoundStandings }).found, now);
}

/** The same as a part of a statement. */
export function standingsIn(found: FoundStandings, now: number): StandingOf {
  const facts = factsOf(found, now);
  return (appearance) => standing(appearance, facts);
}

const factsOf = (found: FoundStandings, now: number): Facts => ({
  now,
  channels: new Map(found.channels.map((channel) => [channel.id, channel])),
  pages: new Map(found.pages.map((page) => [page.id, page])),
  people: new Map(found.people.map((row) => [row.id, row])),
  memberships: new Map(found.roles.map((row) => [`${row.community_id} ${row.person_id}`, row])),
  participants: new Set(found.participants.map((row) => `${row.channel_id} ${row.person_id}`)),
  mutes: measuresOf(found, "mute", now),
  bans: measuresOf(found, "ban", now),
  spoken: new Map(found.spoken.map((row) => [`${row.channel_id} ${row.person_id}`, row.received])),
});

/** Of several the one that lasts longest. What has ended by itself holds no longer, by the receipt of what is judged. */
function measuresOf({ measures }: FoundStandings, kind: FoundMeasure["kind"], now: number) {
  const end = ({ until }: FoundMeasure): number => until ?? Infinity;
  const held = measures.filter((one) => one.kind === kind && end(one) > now).toSorted((a, b) => end(a) - end(b));
  return new Map(held.map((one) => [`${one.community_id} ${one.person_id}`, one]));
}

const termOf = (measure: FoundMeasure | undefined): Term | undefined =>
  measure && { because: measure.reason, ...(measure.until === null ? {} : { until: measure.until }) };

function standing({ person, place }: Appearance, facts: Facts): Standing {
  const { community, inside, target } = situation(place, person, facts);
  const known = facts.people.get(person);
  const name = `${community} ${person}`;
  const membership = facts.memberships.get(name);
  const mutedUntil = membership?.muted_until ?? 0;
  const muted = mutedUntil > facts.now;
  const actor: Actor = {
    id: person,
    platformAdmin: known?.platform_admin === true,
    role: membership?.role,
    inside,
    muted,
  };
  if (known === undefined || known.disabled) return nobody(actor, target);
  return { actor, target, ...forbidden(place, { actor, target, name, mutedUntil }, facts) };
}

/** What else must be known about somebody in a channel, on a page or in a community. */
function forbidden(
  { kind, id }: DocumentRef,
  {
    actor,
    target,
    name,
    mutedUntil,
  }: Pick<Standing, "actor" | "target"> & {
    readonly name: string;
    readonly mutedUntil: number;
  },
  facts: Facts,
): Pick<Standing, "muted" | "banned" | "slow"> {
  if (kind !== "channel" && kind !== "page" && kind !== "community") return {};
  const every = (facts.channels.get(id)?.slow_seconds ?? 0) * 1_000;
  // That a private channel exists is nobody's business who is no longer in it.
  const banned = target.private === true ? undefined : termOf(facts.bans.get(name));
  // Why is not known yet of a mute that was made while this was waited for.
  const muted =
    actor.muted === true ? (termOf(facts.mutes.get(name)) ?? { because: "", until: mutedUntil }) : undefined;
  const spoke = facts.spoken.get(`${id} ${actor.id}`) ?? 0;
  return {
    ...(banned && actor.role === undefined ? { banned } : {}),
    ...(muted && { muted }),
    ...(every > 0 && !can(actor, "message.hurry", target) ? { slow: { every, spoke } } : {}),
  };
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
  if (place.kind === "desk") return deskSituation(communityOfDesk(place.id));
  if (place.kind === "community") return { community: place.id, inside: false, target: { place: "community" } };
  if (place.kind === "page") return atPage(place.id, person, facts);

  const channel = facts.channels.get(place.id);
  const inside = facts.participants.has(`${place.id} ${person}`);
  if (channel === undefined || isConversation(channel) !== (place.kind === "dm"))
    return { community: null, inside: false, target: { place: "conversation" } };
  return {
    community: channel.community_id,
    inside,
    target: { place: placeOf(channel), private: channel.private, archived: channel.archived, locked: channel.locked },
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
const deskSituation = (community: string): Situation =>
  community === PLATFORM
    ? { community: null, inside: false, target: { place: "platform-desk" } }
    : { community, inside: false, target: { place: "desk" } };

const isConversation = ({ kind }: ChannelFacts): boolean => kind === "direct" || kind === "group" || kind === "saved";

const placeOf = (channel: ChannelFacts): Place =>
  channel.kind === "chat" || channel.kind === "broadcast" ? channel.kind : "conversation";

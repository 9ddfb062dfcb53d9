import type { ChannelId, CommunityId, MemberId, PageId } from "#shared/ids.ts";
import { homeOf } from "#shared/ids.ts";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import { can } from "#shared/permissions/can.ts";
import type { Action, Actor, Target } from "#shared/permissions/rules.ts";

import type { View } from "./mirrors.ts";

interface Person {
  readonly id: MemberId;
  readonly platformAdmin: boolean;
}

export function actorIn(view: View, { id, platformAdmin }: Person, community: CommunityId): Actor {
  const membership = view.memberships.get(community);
  const muted = (membership?.muted ?? 0) > Date.now();
  return { id, platformAdmin, role: membership?.role, inside: false, muted };
}

/** What the mirrored authority allows. It grants nothing: the server decides again. */
export function isAllowed(
  view: View,
  person: Person,
  action: Action,
  where: ChannelId | CommunityId | PageId,
  about: Pick<Target, "owner" | "role"> = {},
): boolean {
  const situation = situationOf(view, person, where);
  return situation !== undefined && can(situation.actor, action, { ...situation.target, ...about });
}

function situationOf(
  view: View,
  person: Person,
  where: ChannelId | CommunityId | PageId,
): { readonly actor: Actor; readonly target: Target } | undefined {
  const community = view.communities.get(where as CommunityId);
  if (community !== undefined)
    return { actor: actorIn(view, person, community.id), target: { place: "community", archived: community.archived } };

  const page = view.pages.get(where as PageId);
  if (page !== undefined) return atPage(view, person, page);

  const channel = view.channels.get(where as ChannelId);
  if (channel !== undefined) {
    const archived = channel.archived || view.communities.get(channel.community)?.archived === true;
    // A private channel is only ever mirrored to those who are in it.
    const actor = { ...actorIn(view, person, channel.community), inside: channel.private };
    const { kind: place, private: isPrivate, locked = false } = channel;
    return { actor, target: { place, private: isPrivate, archived, locked } };
  }

  const inside = { ...person, inside: true };
  if (view.conversations.has(where as ChannelId)) return { actor: inside, target: { place: "conversation" } };
  return where === homeOf(person.id) ? { actor: inside, target: { place: "home" } } : undefined;
}

/** A page of a channel is open to those to whom the channel is; of one that is not here nobody can say. */
function atPage(view: View, person: Person, page: MirroredPage): ReturnType<typeof situationOf> {
  const channel = page.channel && view.channels.get(page.channel);
  if (page.channel !== undefined && channel === undefined) return undefined;
  const isPrivate = channel?.private === true;
  const archived = channel?.archived === true || view.communities.get(page.community)?.archived === true;
  return {
    actor: { ...actorIn(view, person, page.community), inside: isPrivate },
    target: { place: "page", private: isPrivate, archived, shared: page.kind === "wiki" },
  };
}

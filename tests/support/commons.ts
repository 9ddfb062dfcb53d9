import type { PageDraft } from "#client/sync/local.ts";
import type { MirroredChannel, MirroredCommunity, MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";

import { createMemoryLocal } from "./local.ts";

const id = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const person = (number: number, name: string) => ({ id: id(number) as MemberId, name });

export const [alice, bob, carol] = [person(1, "Alice"), person(2, "Bob"), person(3, "Carol")] as const;

export const community: MirroredCommunity = {
  of: "community",
  id: id(10) as CommunityId,
  name: "Northern Networks",
  description: "",
  rules: "",
  hue: 250,
  access: "open",
  archived: false,
};

const channel = (number: number, name: string, more: Partial<MirroredChannel> = {}): MirroredChannel => ({
  of: "channel",
  id: id(number) as ChannelId,
  community: community.id,
  name,
  topic: "",
  kind: "chat",
  private: false,
  position: number,
  archived: false,
  ...more,
});

export const commons = channel(20, "commons");
export const news = channel(21, "news", { kind: "broadcast" });
export const ops = channel(22, "ops", { private: true });
export const attic = channel(23, "attic", { archived: true });

export const saved: MirroredConversation = {
  of: "conversation",
  id: id(30) as ChannelId,
  kind: "saved",
  name: "",
  participants: [alice.id],
};
export const withBob: MirroredConversation = {
  ...saved,
  id: id(31) as ChannelId,
  kind: "direct",
  participants: [alice.id, bob.id],
};

/** Alice's device: one community with four channels, a conversation with Bob, and what she saved. */
export const newLocal = (role: Role = "member", drafts: readonly PageDraft[] = []) =>
  createMemoryLocal({
    me: alice,
    people: [alice, bob, carol],
    communities: [community],
    channels: [commons, news, ops, attic],
    conversations: [withBob, saved],
    role,
    drafts,
  });

import type { MemberId } from "../ids.ts";

/** What a person may be in a community, from most to least. */
export const roles = ["owner", "admin", "moderator", "member", "guest"] as const;
export type Role = (typeof roles)[number];

/** Where something is done. */
export type Place =
  | "platform"
  | "community"
  | "chat"
  | "broadcast"
  | "conversation"
  | "home"
  | "page"
  | "desk"
  | "platform-desk";

/** Who asks, as the server's tables know them at that moment. */
export interface Actor {
  readonly id: MemberId;
  /** An administrator of the whole installation. */
  readonly platformAdmin: boolean;
  /** Their role in the community that the place belongs to. */
  readonly role?: Role | undefined;
  /** Whether they take part in the conversation, were let into the private channel, or are at home. */
  readonly inside: boolean;
  /** May only read for now. */
  readonly muted?: boolean;
}

/** What it is done to. */
export interface Target {
  readonly place: Place;
  /** A private channel is open to those inside it only, whatever their role. */
  readonly private?: boolean;
  readonly archived?: boolean;
  /** A page of the wiki: all members keep it together. */
  readonly shared?: boolean;
  /** Only moderators write. */
  readonly locked?: boolean;
  /** Anybody may join this community by themselves; on the platform: found one. */
  readonly joinable?: boolean;
  /** Whose entry or account it is. */
  readonly owner?: MemberId;
  /** The role that the person concerned has, or shall have. */
  readonly role?: Role | undefined;
}

type Rule = (actor: Actor, target: Target) => boolean;

const level = (role: Role | undefined): number => (role === undefined ? 0 : roles.length - roles.indexOf(role));

const atLeast =
  (role: Role): Rule =>
  (actor) =>
    level(actor.role) >= level(role);
const both =
  (...rules: readonly Rule[]): Rule =>
  (actor, target) =>
    rules.every((rule) => rule(actor, target));
const at =
  (...places: readonly Place[]): Rule =>
  (_actor, target) =>
    places.includes(target.place);

const inside: Rule = (actor) => actor.inside;
const admitted: Rule = (actor, target) => target.private !== true || actor.inside;
const open: Rule = (_actor, target) => target.archived !== true;
const own: Rule = (actor, target) => actor.id === target.owner;
const outranks: Rule = (actor, target) => level(actor.role) > level(target.role);
const heard: Rule = (actor) => actor.muted !== true;
const platformAdmin: Rule = (actor) => actor.platformAdmin;

const reader = both(at("chat", "broadcast"), atLeast("guest"), admitted);
const insider = both(at("conversation", "home"), inside);
const pageReader = both(at("page"), atLeast("guest"), admitted);
const writer = both(open, reader);
const moderator = atLeast("moderator");
const unlocked: Rule = (actor, target) => target.locked !== true || moderator(actor, target);
const speaker = both(writer, heard, unlocked);
const another: Rule = (actor, target) => actor.id !== target.owner;
const deskUser: readonly Rule[] = [both(at("desk"), moderator), both(at("platform-desk"), platformAdmin)];
/** Nobody judges themselves, nor whoever stands as high. */
const judge: readonly Rule[] = [
  both(at("desk"), moderator, outranks),
  both(at("platform-desk"), platformAdmin, another),
];

/** Who may do what. An action is allowed when any of its rules holds. */
export const rules = {
  "document.read": [reader, insider, both(at("community"), atLeast("guest")), pageReader, ...deskUser],
  "message.send": [both(at("chat"), speaker, atLeast("member")), both(at("broadcast"), speaker, moderator), insider],
  "message.edit": [both(speaker, own), both(insider, own)],
  "message.retract": [both(reader, own), both(insider, own)],
  "message.react": [both(writer, heard, atLeast("member")), insider],
  "message.hide": [both(writer, heard, moderator)],
  /** Moderators do not judge themselves; whoever owns a community has nobody above them. */
  "message.restore": [both(writer, heard, moderator, another), both(writer, heard, atLeast("owner"))],
  /** Without a pause where others must make one. */
  "message.hurry": [both(writer, moderator), insider],
  "desk.write": judge,
  "home.write": [both(at("home"), inside)],
  "channel.create": [both(at("community"), open, atLeast("admin"))],
  "channel.manage": [both(at("chat", "broadcast"), atLeast("admin"), admitted)],
  "channel.let-in": [both(at("chat", "broadcast"), atLeast("moderator"), admitted)],
  "channel.order": [both(at("chat", "broadcast"), open, moderator, admitted)],
  "channel.leave": [both(at("chat", "broadcast"), inside)],
  "page.create": [both(at("community", "chat", "broadcast"), open, heard, admitted, moderator)],
  "page.edit": [
    both(pageReader, open, heard, moderator),
    both(pageReader, open, heard, atLeast("member"), (_actor, target) => target.shared === true),
  ],
  "page.manage": [both(pageReader, open, heard, moderator)],
  "community.create": [
    both(at("platform"), (_actor, target) => target.joinable === true),
    both(at("platform"), platformAdmin),
  ],
  "community.manage": [both(at("community"), atLeast("admin"))],
  "community.invite": [both(at("community"), open, atLeast("moderator"))],
  "community.join": [both(at("community"), open, (_actor, target) => target.joinable === true)],
  "community.delete": [both(at("community"), (actor) => actor.role === "owner"), both(at("community"), platformAdmin)],
  "community.audit": [both(at("community"), atLeast("admin"))],
  "community.transfer": [both(at("community"), (actor) => actor.role === "owner")],
  "community.leave": [both(at("community"), atLeast("guest"), (actor) => actor.role !== "owner")],
  "member.list": [both(at("community"), atLeast("guest"))],
  "member.role": [both(at("community"), atLeast("admin"), outranks)],
  "member.remove": [both(at("community"), atLeast("moderator"), outranks)],
  "member.warn": [both(at("community"), moderator, outranks), both(at("platform"), platformAdmin, another)],
  "member.mute": [both(at("community"), moderator, outranks)],
  "member.ban": [both(at("community"), moderator, outranks)],
  "conversation.start": [at("platform")],
  "conversation.manage": [both(at("conversation"), inside)],
  "platform.administer": [both(at("platform"), platformAdmin)],
  "report.read": [
    both(at("community"), atLeast("moderator")),
    both(at("chat", "broadcast"), atLeast("moderator"), admitted),
    both(at("platform"), platformAdmin),
  ],
} satisfies Record<string, readonly Rule[]>;

export type Action = keyof typeof rules;

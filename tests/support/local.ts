import { createMemo, createSignal } from "solid-js";
import { ulid } from "ulid";

import type {
  Connection,
  Device,
  Draft,
  Local,
  NotSent,
  PageDraft,
  Presence,
  Profile,
  Unread,
} from "#client/sync/local.ts";
import { NOTHING, sum, tallyOf, without } from "#client/sync/tally.ts";
import type { Author } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { MirroredChannel, MirroredCommunity, MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import type { Row } from "#shared/entries/row.ts";
import type { ChannelId, CommunityId, EntryId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Actor, Place, Role } from "#shared/permissions/rules.ts";
import { refusals, type RefusalCode } from "#shared/protocol/refusals.ts";

import { createMemoryPages } from "./local-pages.ts";
import { createChannel, opened, timelineOf, type Saying } from "./memory-channel.ts";

interface Options {
  readonly me: Profile;
  readonly people?: readonly Profile[];
  readonly communities?: readonly MirroredCommunity[];
  readonly channels?: readonly MirroredChannel[];
  readonly conversations?: readonly MirroredConversation[];
  readonly drafts?: readonly PageDraft[];
  readonly role?: Role;
  /** How many rows a timeline opens with, and loads at a time. */
  readonly page?: number;
}

export interface MemoryLocal extends Local {
  /** Something arrives in a channel, as if from the server. Answers with its name. */
  readonly arrive: (channel: ChannelId, author: Author, saying: Saying) => Ref;
  /** What stands in a channel now. */
  readonly rowsOf: (channel: ChannelId) => readonly Row[];
  readonly setOnline: (online: boolean) => void;
  /** From now on every entry of one's own is refused like this; undefined lets them through again. */
  readonly refuse: (code: RefusalCode | undefined) => void;
  readonly setPresence: (channel: ChannelId, presence: Presence) => void;
  readonly setUnread: (channel: ChannelId, unread: Unread) => void;
  readonly setDevice: (device: Partial<Device>) => void;
}

/** What a person has on a device, without a device and without a server, over the real fold: for looking at the interface. */
export function createMemoryLocal(options: Options): MemoryLocal {
  const people = new Map((options.people ?? []).map((profile) => [profile.id, profile]));
  const channels = new Map<ChannelId, ReturnType<typeof createChannel>>();
  const [connection, setConnection] = createSignal<Connection>({ state: "online" });
  const [device, setDevice] = createSignal<Device>({
    tab: "owner",
    waiting: 0,
    leaving: NOTHING,
    mayBeEvicted: false,
    full: false,
  });
  const [notSent, setNotSent] = createSignal<readonly NotSent[]>([]);
  const [drafts, setDrafts] = createSignal<ReadonlyMap<ChannelId, Draft>>(new Map());
  const [read, setRead] = createSignal<ReadonlyMap<ChannelId, number>>(new Map());
  const [unread, setUnread] = createSignal<ReadonlyMap<ChannelId, Unread>>(new Map());
  const kept = new Map<ChannelId, unknown>();
  let lastAt = 0;
  const now = () => (lastAt = Math.max(Date.now(), lastAt + 1));
  const refused: { code: RefusalCode | undefined } = { code: undefined };
  const waiting: (() => void)[] = [];

  const community = (id: CommunityId) => options.communities?.find((one) => one.id === id);
  const place = (id: ChannelId) =>
    [...(options.channels ?? []), ...(options.conversations ?? [])].find((one) => one.id === id);
  const actor: Actor = { id: options.me.id, platformAdmin: false, role: options.role ?? "member", inside: true };

  function channelAt(id: ChannelId) {
    const channel = channels.get(id) ?? createChannel(options.page ?? 50);
    channels.set(id, channel);
    return channel;
  }

  /** One's own act: saved, then sent at once or when one is back online. */
  function write(channel: ChannelId, saying: Saying): EntryId {
    const { code } = refused;
    const of = { author: options.me.id, id: ulid() as EntryId };
    if (code !== undefined) {
      const body = saying.kind === "message" || saying.kind === "edit" ? saying.body : "";
      const kind = saying.kind as NotSent["kind"];
      setNotSent((all) => [
        ...all,
        { id: of.id, channel, kind, at: Date.now(), body, code, reason: refusals[code].text },
      ]);
      return of.id;
    }
    channelAt(channel).add(of.author, { at: now(), ...saying, id: of.id }, "device");
    setDevice((was) => ({ ...was, waiting: was.waiting + 1, leaving: sum(was.leaving, tallyOf([saying.kind])) }));
    waiting.push(() => {
      channelAt(channel).delivered(of);
      setDevice((was) => ({ ...was, waiting: was.waiting - 1, leaving: without(was.leaving, tallyOf([saying.kind])) }));
    });
    if (connection().state === "online") waiting.splice(0).forEach((leave) => leave());
    return of.id;
  }

  const dropNotSent = (id: EntryId) => setNotSent((all) => all.filter((entry) => entry.id !== id));

  return {
    me: () => options.me,
    connection,
    reconnect: () => {},
    device,
    communities: () => options.communities ?? [],
    conversations: () => options.conversations ?? [],
    membershipOf: (id) =>
      community(id) ? { of: "membership", community: id, role: options.role ?? "member" } : undefined,
    channelsOf: (id) => (options.channels ?? []).filter((channel) => channel.community === id),
    pages: createMemoryPages(options.drafts),
    channel: place,
    may(action, where, about) {
      const at = place(where as ChannelId);
      return can(actor, action, { place: placeOf(at), archived: at?.of === "channel" && at.archived, ...about });
    },
    actorIn: () => actor,
    profile: (id) => people.get(id) ?? (id === options.me.id ? options.me : { id, name: "" }),
    openTimeline: (id) => timelineOf(createMemo(() => opened(channelAt(id())))),
    unread: (id) => unread().get(id) ?? { messages: 0, mentions: 0 },
    markRead(id, position) {
      setRead((all) => new Map(all).set(id, Math.max(position, all.get(id) ?? 0)));
      setUnread((all) => new Map(all).set(id, { messages: 0, mentions: 0 }));
    },
    readUpTo: (id) => read().get(id),
    draft: (id) => drafts().get(id),
    saveDraft: (id, draft) => setDrafts((all) => new Map(all).set(id, draft)),
    send: async (id, { body, re, mentions }) =>
      write(id, { kind: "message", body, ...(re && { re }), mentions: [...mentions] }),
    edit: async (id, of, body, mentions) => void write(id, { kind: "edit", of, body, mentions: [...mentions] }),
    retract: async (id, of) => void write(id, { kind: "retract", of, what: "message" }),
    react: async (id, of, key, on) => void write(id, { kind: "reaction", of, key, on }),
    hide: async (id, of, reason) => void write(id, { kind: "hide", of, reason }),
    restore: async (id, of) => void write(id, { kind: "restore", of }),
    openLog: (at) => () => (channelAt(at.channel).rows(), channelAt(at.channel).entries()),
    write: async (at, said) => void write(at.channel, said as unknown as Saying),
    kept: { read: async (id) => kept.get(id), write: async (id, value) => void kept.set(id, value) },
    setTyping: () => {},
    notSent,
    async retry(id) {
      const entry = notSent().find((one) => one.id === id);
      dropNotSent(id);
      if (entry?.kind === "message") write(entry.channel, { kind: "message", body: entry.body });
    },
    async retryAs(id, body) {
      const entry = notSent().find((one) => one.id === id);
      dropNotSent(id);
      if (entry !== undefined) write(entry.channel, { kind: "message", body });
    },
    discard: async (id) => void dropNotSent(id),
    wipe: async () => {},
    close: () => {},

    arrive(id, author, saying) {
      const of = { author: author as MemberId, id: saying.id ?? (ulid(saying.at) as EntryId) };
      channelAt(id).add(author, { at: now(), ...saying, id: of.id }, "server");
      return of;
    },
    rowsOf: (id) => channelAt(id).rows(),
    setOnline(online) {
      setConnection(online ? { state: "online" } : { state: "offline", since: Date.now() });
      if (online) waiting.splice(0).forEach((leave) => leave());
    },
    refuse: (code) => (refused.code = code),
    setPresence: (id, presence) => channelAt(id).setPresence(presence),
    setUnread: (id, counts) => setUnread((all) => new Map(all).set(id, counts)),
    setDevice: (part) => setDevice((was) => ({ ...was, ...part })),
  };
}

const placeOf = (at: MirroredChannel | MirroredConversation | undefined): Place => {
  if (at === undefined) return "community";
  return at.of === "conversation" ? "conversation" : at.kind;
};

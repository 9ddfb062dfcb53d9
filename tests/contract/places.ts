import { ulid } from "ulid";

import type { ChannelId, CommunityId, MemberId } from "#shared/ids.ts";
import { issueLink } from "#server/auth/one-time-links.ts";
import { valueOf, type Browser, type TestApi } from "#tests/support/api.ts";

import { order } from "./order-examples.ts";
import { reports } from "./report-examples.ts";

/** A small world in which every endpoint has something to act upon. */
export interface Places {
  readonly alice: Browser;
  readonly bob: Browser;
  /** An open community of Alice's, with Bob in it. */
  readonly community: CommunityId;
  readonly channel: ChannelId;
  readonly hidden: ChannelId;
  /** A group of Alice and Bob. */
  readonly group: ChannelId;
  readonly carol: MemberId;
}

let round = 0;

interface People {
  readonly alice: Browser;
  readonly bob: Browser;
  readonly carol: MemberId;
}

/** Alice runs the place. */
async function meet(world: TestApi): Promise<People> {
  round += 1;
  const [alice, bob, carol] = await Promise.all([
    world.admin(`Alice${round}`),
    world.person(`Bob${round}`),
    world.person(`Carol${round}`),
  ]);
  return { alice, bob, carol: carol.me.id };
}

/** Whoever may be signed out, disabled or an admin no more after an endpoint was asked is not asked for again. */
const SPENDS_PEOPLE = new Set([
  "signIn",
  "signInByLink",
  "signOut",
  "resetPassword",
  "becomeFirstAdmin",
  "changePassword",
  "changeAccount",
  "endSessions",
]);

/** After these the places are no more what the next call needs. */
const SPENDS_PLACES = new Set([
  "leaveCommunity",
  "transferCommunity",
  "changeRole",
  "removeMember",
  "changeChannel",
  "putOut",
  "leaveConversation",
  "archiveCommunity",
  "giveCommunity",
  "deleteCommunity",
  "keepCommunity",
  "takeMeasure",
  "liftMeasure",
  "orderChannel",
]);

let settled: Places | undefined;

/** Places and people that are as they were, for one call of an endpoint. */
export async function settle(world: TestApi, endpoint: string): Promise<Places> {
  const places = settled ?? (await settleIn(world, await meet(world)));
  const again = SPENDS_PLACES.has(endpoint) ? await settleIn(world, places) : places;
  settled = SPENDS_PEOPLE.has(endpoint) ? undefined : again;
  return places;
}

async function settleIn(world: TestApi, { alice, bob, carol }: People): Promise<Places> {
  const { api } = alice;
  const { id } = valueOf(await api.createCommunity({ name: "Northern Networks", access: "open" }));
  for (const person_id of [bob.me.id, carol])
    await world.db.insertInto("membership").values({ community_id: id, person_id, role: "member" }).execute();
  const { id: channel } = valueOf(await api.createChannel({ id, name: "commons" }));
  const { id: hidden } = valueOf(await api.createChannel({ id, name: "ops", private: true, people: [bob.me.id] }));
  const { id: group } = valueOf(await api.startConversation({ kind: "group", people: [bob.me.id], name: "us" }));
  return { alice, bob, carol, community: id, channel, hidden, group };
}

/** How an endpoint is asked so that it does what it is for: its input, and who asks where that is not Alice. */
export type Example = (places: Places, world: TestApi) => Promise<Asked> | Asked;

export interface Asked {
  readonly input: Readonly<Record<string, unknown>>;
  readonly as?: Browser;
}

const PASSWORD = "correct horse battery";
const fresh = () => `somebody${(round += 1)}`;
const at = async (world: TestApi, purpose: "reset" | "sign-in" | "first-admin", person: MemberId | null) =>
  (await issueLink(world.db, purpose, person)).token;

const invitation = async ({ alice, community }: Places) => valueOf(await alice.api.invite({ id: community, uses: 5 }));

const page = async ({ alice, community }: Places) => {
  const { id } = valueOf(await alice.api.createPage({ id: community, title: "How we talk" }));
  return { id };
};

/** One for each endpoint, by its name. A new endpoint needs its line here. */
export const examples: Readonly<Record<string, Example>> = {
  signUp: () => ({ input: { login: fresh(), password: PASSWORD, name: "Dave" } }),
  signIn: ({ bob }) => ({ input: { login: bob.me.login, password: PASSWORD }, as: bob }),
  signInByLink: async ({ bob }, world) => ({ input: { token: await at(world, "sign-in", bob.me.id) }, as: bob }),
  signOut: ({ bob }) => ({ input: {}, as: bob }),
  becomeFirstAdmin: async (_places, world) => {
    await world.db.updateTable("person").set({ platform_admin: false }).execute();
    const input = { token: await at(world, "first-admin", null), login: fresh(), password: PASSWORD, name: "Dave" };
    return { input };
  },
  resetPassword: async ({ bob }, world) => ({
    input: { token: await at(world, "reset", bob.me.id), password: PASSWORD },
    as: bob,
  }),
  me: () => ({ input: {} }),
  changeMe: () => ({ input: { name: "Alice" } }),
  changePassword: () => ({ input: { current: PASSWORD, password: PASSWORD } }),
  sessions: () => ({ input: {} }),
  endSession: async ({ alice }, world) => {
    const elsewhere = world.visitor();
    const { session } = valueOf(await elsewhere.signIn({ login: alice.me.login, password: PASSWORD }));
    return { input: { handle: session } };
  },
  makeToken: () => ({ input: { name: "a bot" } }),
  tokens: () => ({ input: {} }),
  revokeToken: async ({ alice }) => ({
    input: { handle: valueOf(await alice.api.makeToken({ name: "a bot" })).handle },
  }),
  knownEntries: ({ channel }) => ({ input: { channel, ids: [ulid()] } }),

  findPeople: () => ({ input: { q: "bob" } }),
  profiles: ({ bob }) => ({ input: { ids: bob.me.id } }),

  createCommunity: () => ({ input: { name: "Southern Networks" } }),
  communities: () => ({ input: {} }),
  discoverCommunities: () => ({ input: { q: "n" } }),
  community: ({ community }) => ({ input: { id: community } }),
  changeCommunity: ({ community }) => ({ input: { id: community, description: "About the north", archived: false } }),
  joinCommunity: async ({ community }, world) => ({ input: { id: community }, as: await world.person(fresh()) }),
  leaveCommunity: ({ community, bob }) => ({ input: { id: community }, as: bob }),
  transferCommunity: ({ community, bob }) => ({ input: { id: community, person: bob.me.id } }),
  members: ({ community }) => ({ input: { id: community, q: "b" } }),
  changeRole: ({ community, bob }) => ({ input: { id: community, person: bob.me.id, role: "moderator" } }),
  removeMember: ({ community, bob }) => ({ input: { id: community, person: bob.me.id } }),

  invite: ({ community }) => ({ input: { id: community, uses: 1, hours: 24 } }),
  invitations: ({ community }) => ({ input: { id: community } }),
  revokeInvitation: async (places) => ({
    input: { id: places.community, invitation: (await invitation(places)).invitation.id },
  }),
  previewInvitation: async (places) => ({ input: { token: (await invitation(places)).token } }),
  acceptInvitation: async (places, world) => ({
    input: { token: (await invitation(places)).token },
    as: await world.person(fresh()),
  }),

  createChannel: ({ community }) => ({ input: { id: community, name: fresh() } }),
  channels: ({ community }) => ({ input: { id: community } }),
  channel: ({ channel }) => ({ input: { id: channel } }),
  changeChannel: ({ channel }) => ({ input: { id: channel, topic: "What we share", archived: true } }),
  participants: ({ hidden }) => ({ input: { id: hidden } }),
  letIn: ({ hidden, carol }) => ({ input: { id: hidden, people: [carol] } }),
  putOut: ({ hidden, bob }) => ({ input: { id: hidden, person: bob.me.id } }),
  segments: ({ channel }) => ({ input: { id: channel } }),

  createPage: ({ community, channel }) => ({
    input: { id: community, channel, title: "How we talk", kind: "guidelines" },
  }),
  pages: ({ community }) => ({ input: { id: community } }),
  page: async (places) => ({ input: await page(places) }),
  changePage: async (places) => ({
    input: { ...(await page(places)), title: "How we speak", pinned: true, position: 0 },
  }),
  deletePage: async (places) => ({ input: await page(places) }),
  pageMarkdown: async (places) => ({ input: await page(places) }),
  pageVersions: async (places) => ({ input: await page(places) }),
  keepPageVersion: async (places) => ({ input: await page(places) }),
  pageVersion: async (places, world) => {
    const { id } = await page(places);
    const content = { type: "doc", content: [] } as const;
    const row = { page_id: id, version: 1, content: JSON.stringify(content), authors: [], began: 1, at: 1 };
    await world.db.insertInto("page_version").values(row).execute();
    return { input: { id, version: "1" } };
  },

  startConversation: ({ carol }) => ({ input: { kind: "direct", people: [carol] } }),
  conversations: () => ({ input: {} }),
  nameConversation: ({ group }) => ({ input: { id: group, name: "the three of us" } }),
  addToConversation: ({ group, carol }) => ({ input: { id: group, people: [carol] } }),
  leaveConversation: ({ group }) => ({ input: { id: group } }),
  sendMessage: ({ channel }) => ({ input: { id: channel, body: "swordfish", entry: ulid() } }),
  search: () => ({ input: { q: "swordfish" } }),
  unread: () => ({ input: {} }),
  installation: () => ({ input: {} }),

  ...order,

  accounts: () => ({ input: { q: "bob", state: "new" } }),
  createAccount: () => ({ input: { login: fresh(), name: "Dave" } }),
  account: ({ bob }) => ({ input: { id: bob.me.id } }),
  changeAccount: ({ bob }) => ({ input: { id: bob.me.id, disabled: true, platformAdmin: true } }),
  endSessions: ({ bob }) => ({ input: { id: bob.me.id } }),
  makeResetLink: ({ bob }) => ({ input: { id: bob.me.id } }),
  adminCommunities: () => ({ input: { q: "n" } }),
  adminMembers: ({ community }) => ({ input: { id: community } }),
  archiveCommunity: ({ community }) => ({ input: { id: community, archived: true } }),
  giveCommunity: ({ community, bob }) => ({ input: { id: community, person: bob.me.id } }),
  deleteCommunity: ({ community }) => ({ input: { id: community, name: "Northern Networks" } }),
  deletion: ({ community }) => ({ input: { id: community } }),
  keepCommunity: async ({ alice, community }) => {
    valueOf(await alice.api.deleteCommunity({ id: community, name: "Northern Networks" }));
    return { input: { id: community } };
  },
  communityAudit: ({ community }) => ({ input: { id: community, act: "member.role" } }),
  exportCommunityAudit: ({ community }) => ({ input: { id: community, format: "csv" } }),
  audit: ({ bob }) => ({ input: { who: bob.me.id, q: "b", from: "1" } }),
  exportAudit: () => ({ input: { format: "csv" } }),
  settings: () => ({ input: {} }),
  changeSettings: () => ({ input: { name: "Folkmoot of the north" } }),
  health: () => ({ input: {} }),
  retryJob: async (_places, world) => ({ input: { job: await world.jobs.fail("channel:gone/1") } }),
  activity: () => ({ input: {} }),
  ...reports,
};

export function exampleOf(endpoint: string): Example {
  const example = examples[endpoint];
  if (example === undefined) throw new Error(`There is no example of ${endpoint}: give it a line in places.ts.`);
  return example;
}

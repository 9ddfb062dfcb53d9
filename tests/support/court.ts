import { encodeStateAsUpdate } from "yjs";

import { logDocument, pageDocument, parseDocumentName } from "#shared/documents/names.ts";
import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import type { Reported } from "#shared/entries/kinds/report.ts";
import { deskOf, homeOf, type ChannelId, type CommunityId, type PageId } from "#shared/ids.ts";
import type { DocumentRef } from "#shared/documents/names.ts";
import type { Outcome } from "#server/documents/task.ts";
import { sayWords } from "#server/cases/words.ts";
import { createVoice } from "#server/documents/voice.ts";

import { testApi, valueOf, type Browser, type TestApi } from "./api.ts";
import { pageWriter, paragraph } from "./page-writer.ts";
import { about, say } from "./people.ts";
import { projectAll } from "./tables.ts";

/** A community with its moderators, where things are said, reported and decided, without a socket. */
export interface Court extends TestApi {
  /** Alice owns it, Bob moderates, Carol, Dave and Mallory are members. */
  readonly alice: Browser;
  readonly bob: Browser;
  readonly carol: Browser;
  readonly dave: Browser;
  readonly mallory: Browser;
  readonly community: CommunityId;
  readonly channel: ChannelId;
  /** Puts an entry into a document as this person's client would; tells what became of it. */
  readonly enter: (who: Browser, document: string, entry: unknown) => Promise<Outcome>;
  /** Says something in the channel, and answers how to report it. */
  readonly says: (who: Browser, body: string, channel?: ChannelId) => Promise<Reported & { readonly of: "message" }>;
  /** Makes a page of the community say this. */
  readonly writes: (who: Browser, page: PageId, text: string) => Promise<Outcome>;
  readonly reports: (who: Browser, target: Reported, more?: Partial<EntryOf<"report">>) => Promise<Outcome>;
  readonly decides: (who: Browser, which: string, more?: Partial<EntryOf<"decision">>) => Promise<Outcome>;
  /** What a worker does in the meantime. */
  readonly settles: () => Promise<void>;
  /** What the server has said of this kind in a document, the newest last. */
  readonly words: <Kind extends Entry["kind"]>(document: string, kind: Kind) => Promise<readonly EntryOf<Kind>[]>;
}

export const homeDocument = ({ me }: Browser): string => logDocument("user", homeOf(me.id), 1);
export const deskDocument = (community: CommunityId): string => logDocument("desk", deskOf(community), 1);

export async function openCourt(): Promise<Court> {
  const api = await testApi();
  const [alice, bob, carol, dave, mallory] = (await Promise.all(
    ["Alice", "Bob", "Carol", "Dave", "Mallory"].map((name) => api.person(name)),
  )) as [Browser, Browser, Browser, Browser, Browser];
  const { id: community } = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" }));
  for (const { api: own } of [bob, carol, dave, mallory]) valueOf(await own.joinCommunity({ id: community }));
  valueOf(await alice.api.changeRole({ id: community, person: bob.me.id, role: "moderator" }));
  const channel = valueOf(await alice.api.channels({ id: community })).channels[0]?.id as ChannelId;

  const enter: Court["enter"] = (who, document, entry) =>
    api.submit({ kind: "post", document, place: parseDocumentName(document) as DocumentRef, sender: who.me.id, entry });

  return {
    ...api,
    alice,
    bob,
    carol,
    dave,
    mallory,
    community,
    channel,
    enter,
    async says(who, body, where = channel) {
      const entry = say(body);
      const kind = where === channel ? "channel" : await kindOf(api, where);
      const outcome = await enter(who, logDocument(kind, where, 1), entry);
      if (outcome.kind !== "committed") throw new Error(JSON.stringify(outcome));
      return { of: "message", channel: where, author: who.me.id, id: entry.id };
    },
    async writes(who, page, text) {
      const live = await api.node.open(pageDocument(page));
      const writer = pageWriter();
      writer.hears(encodeStateAsUpdate(live.doc));
      return api.node.take(live, who.me.id, writer.writes(paragraph(text)));
    },
    reports: (who, target, more = {}) =>
      enter(
        who,
        homeDocument(who),
        about("report", { target, ground: "unkind", note: "this is not how we talk", open: true, ...more }),
      ),
    decides: (who, which, more = {}) =>
      enter(
        who,
        deskDocument(community),
        about("decision", { case: which, outcome: "dismissed", until: Date.now(), ...more }),
      ),
    async settles() {
      await projectAll(api.db);
      await sayWords(api.db, createVoice(api.db, api.submit));
      await projectAll(api.db);
    },
    words: async (document, kind) =>
      (await api.said(document)).filter((entry) => entry.kind === kind) as unknown as EntryOf<typeof kind>[],
  };
}

async function kindOf({ db }: TestApi, id: ChannelId): Promise<"channel" | "dm"> {
  const row = await db.selectFrom("document").select("kind").where("channel_id", "=", id).executeTakeFirstOrThrow();
  return row.kind as "channel" | "dm";
}

import { sql } from "kysely";
import { v7 as uuid } from "uuid";

import { channelId, type ChannelId } from "#shared/ids.ts";
import { rollOver } from "#server/documents/roll-over.ts";
import { channel, join, person } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";

import type { Stage } from "./stage.ts";
import { ALICE, BOB, CHANNEL, HOME, inMs } from "./values.ts";

type Happening = (stage: Stage, ...words: readonly string[]) => Promise<unknown>;

/** What happens on the page while its people talk, as the page says it. */
const HAPPENINGS: readonly (readonly [RegExp, Happening])[] = [
  [/^(\d+) (s|min|h) pass$/, async ({ values }, count = "", unit = "") => values.pass(inMs(count, unit))],
  [/^bob is removed from the community(, and nobody rings)?$/, removeBob],
  [/^bob becomes a (moderator|guest)$/, promoteBob],
  [/^bob's session ends$/, endSession],
  [/^bob is (muted|banned) for (\d+) h, because of (.+?)(, and nobody rings)?$/, measureBob],
  [/^the channel is locked$/, ({ database }) => orderChannel(database, { locked_at: new Date() })],
  [/^the channel is slowed down to a message in (\d+) s$/, slowDown],
  [/^the channel is archived$/, archive],
  [
    /^the channel goes on in segment 2$/,
    ({ database, values }) =>
      rollOver({ db: database.db, ring: () => undefined }, { kind: "channel", id: CHANNEL }, 1, values.now),
  ],
  [/^another transaction holds the channel$/, hold],
  [/^it lets the channel go$/, async (stage) => releases.get(stage)?.()],
  [/^the server is in trouble$/, async (stage) => (stage.trouble = true)],
  [/^the server restarts$/, ({ node }) => node.sync.close()],
  [/^there are (\d+) more channels$/, moreChannels],
  [/^(\d+) more members come in$/, moreMembers],
];

export async function happen(stage: Stage, what: string): Promise<void> {
  for (const [pattern, happening] of HAPPENINGS) {
    const [isMeant, ...words] = pattern.exec(what) ?? [];
    if (isMeant !== undefined) return void (await happening(stage, ...words));
  }
  throw new Error(`nobody knows how this happens: ${what}`);
}

async function removeBob(stage: Stage, silently?: string): Promise<void> {
  await stage.database.db.deleteFrom("membership").where("person_id", "=", BOB).execute();
  if (silently === undefined) await stage.ring(BOB);
}

async function promoteBob(stage: Stage, role = ""): Promise<void> {
  await stage.database.db
    .updateTable("membership")
    .set({ role: role as "guest" })
    .where("person_id", "=", BOB)
    .execute();
  await stage.ring(BOB);
}

async function measureBob(stage: Stage, what = "", hours = "", reason = ""): Promise<void> {
  const { db } = stage.database;
  const until = new Date(stage.values.now + inMs(hours, "h"));
  const kind = what === "muted" ? "mute" : "ban";
  const about = { community_id: HOME, person_id: BOB, by_id: ALICE, at: new Date(stage.values.now), role: null };
  await db
    .insertInto("measure")
    .values({ id: uuid(), kind, reason, until, ...about })
    .execute();
  const membership = db.updateTable("membership").set({ muted_until: until }).where("person_id", "=", BOB);
  await (kind === "mute" ? membership : db.deleteFrom("membership").where("person_id", "=", BOB)).execute();
}

async function slowDown({ database }: Stage, seconds = ""): Promise<void> {
  await orderChannel(database, { slow_seconds: Number(seconds) });
}

async function orderChannel(
  { db }: Stage["database"],
  order: { locked_at?: Date; slow_seconds?: number },
): Promise<void> {
  await db.updateTable("channel").set(order).where("id", "=", CHANNEL).execute();
}

async function endSession(stage: Stage): Promise<void> {
  stage.node.ended.add(BOB);
  await stage.ring(BOB);
}

async function archive({ database }: Stage): Promise<void> {
  await database.db.updateTable("channel").set({ archived_at: new Date() }).where("id", "=", CHANNEL).execute();
}

const releases = new WeakMap<Stage, () => Promise<unknown>>();

/** Somebody else's transaction has the document's row, and keeps it. */
async function hold(stage: Stage): Promise<void> {
  const held = Promise.withResolvers<void>();
  const let_go = Promise.withResolvers<void>();
  const over = stage.database.db.transaction().execute(async (trx) => {
    await sql`select 1 from document where name = ${channelDocument(CHANNEL)} for update`.execute(trx);
    held.resolve();
    await let_go.promise;
  });
  await held.promise;
  const release = (): Promise<unknown> => {
    let_go.resolve();
    return over;
  };
  releases.set(stage, release);
  stage.finally(release);
}

async function moreChannels({ database, values }: Stage, count = ""): Promise<void> {
  const ids: ChannelId[] = [];
  for (let more = 0; more < Number(count); more += 1) ids.push(await channel(database.db, HOME));
  const [last, ...others] = ids.map((id) => channelDocument(channelId.parse(id)));
  values.define("last", () => last as string);
  values.define("more", () => others.pop() as string);
}

async function moreMembers(stage: Stage, count = ""): Promise<void> {
  for (let more = 0; more < Number(count); more += 1) {
    const id = await person(stage.database.db, `member ${more}`);
    await join(stage.database.db, HOME, id, "member");
    const wire = await stage.wire(id);
    await wire.attach(channelDocument(CHANNEL));
  }
}

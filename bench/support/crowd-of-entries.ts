import { sql, type Kysely } from "kysely";
import { v7 as uuid } from "uuid";

import type { Author } from "#shared/documents/names.ts";
import type { CommunityId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { recount, type Deed } from "#server/projections/figures.ts";

import { reportSome } from "./crowd-of-cases.ts";

/** Where people talk in the bench of reports. */
export interface Crowd {
  /** The community to which every third channel belongs, and which those are; everybody is in it. */
  readonly largest: { readonly id: CommunityId; readonly channels: readonly string[] };
  readonly people: readonly string[];
}

interface Said extends Deed {
  readonly id: string;
  readonly kind: "message" | "reaction" | "hide";
  readonly of?: Said | undefined;
}

export const BEGAN = Date.UTC(2023, 0, 1);
export const ENDED = Date.UTC(2026, 0, 1);
const COMMUNITIES = 20;
const CHANNELS = 120;
const PEOPLE = 5_000;
const OF_A_TALK = 30;
const PIECE = 20_000;
const HOUR = 3_600_000;

/** The same numbers each time, below `most`. */
function createDice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/**
 * So many entries, as if they had been projected: talks of thirty within an hour, by two to four people, most of them
 * in the evening, so that somebody says ten things on a day on which they say anything, as in the channel of the
 * examples. A quarter of what is said answers what was said before, one in ten is a reaction, one in five hundred
 * hides. They are written straight into the tables; the figures are counted by what counts them in the worker.
 */
export async function createCrowd(db: Kysely<Database>, entries: number): Promise<Crowd> {
  const communities = Array.from({ length: COMMUNITIES }, () => uuid());
  const channels = Array.from({ length: CHANNELS }, () => uuid());
  const people = Array.from({ length: PEOPLE }, () => uuid());
  const homeOf = (index: number) => communities[index % 3 === 0 ? 0 : index % COMMUNITIES] as string;

  await sql`insert into community (id, name, access) select id, 'a community', 'open' from unnest(${communities}::uuid[]) as c (id)`.execute(
    db,
  );
  await sql`
    insert into channel (id, kind, community_id, name) select c.id, 'chat', c.community, c.id::text
    from unnest(${channels}::uuid[], ${channels.map((_, index) => homeOf(index))}::uuid[]) as c (id, community)`.execute(
    db,
  );
  await sql`insert into person (id, login, name) select id, left(id::text, 36), 'somebody' from unnest(${people}::uuid[]) as p (id)`.execute(
    db,
  );
  await sql`insert into membership (community_id, person_id, role) select ${communities[0]}, id, 'member' from unnest(${people}::uuid[]) as p (id)`.execute(
    db,
  );
  const dice = createDice(42);
  for (const channel of channels) await fill(db, channel, talksOf(people, Math.round(entries / CHANNELS), dice));
  await reportSome(db, people);
  await sql`vacuum analyze`.execute(db);
  return {
    people,
    largest: {
      id: communities[0] as CommunityId,
      channels: channels.filter((_, index) => homeOf(index) === communities[0]),
    },
  };
}

function talksOf(people: readonly string[], entries: number, dice: (most: number) => number): readonly Said[] {
  // A channel has its regulars: most of what is said there is said by few.
  const first = dice(PEOPLE);
  const somebody = () => people[(first + Math.floor((dice(900) * dice(900)) / 900)) % PEOPLE] as string;
  const said: Said[] = [];
  let talk: readonly string[] = [];
  let at = 0;

  for (let index = 0; index < entries; index += 1) {
    const place = index % OF_A_TALK;
    if (place === 0) {
      talk = Array.from({ length: 2 + dice(3) }, somebody);
      at = BEGAN + dice(3 * 365) * 24 * HOUR + Math.max(dice(24), dice(24)) * HOUR + dice(HOUR);
    }
    at += dice(160_000);
    const before = place > 0 ? said.at(-1) : undefined;
    const kind = place % 10 === 9 ? "reaction" : place === 8 && dice(16) === 0 ? "hide" : "message";
    const of = kind !== "message" || dice(4) === 0 ? before : undefined;
    const person = talk[dice(talk.length)] as string;
    const re = kind === "message" && of !== undefined ? { author: of.person as Author, id: of.id } : undefined;
    said.push({ id: String(index).padStart(26, "0"), person, at, kind, of, re });
  }
  return said;
}

async function fill(db: Kysely<Database>, channel: string, said: readonly Said[]): Promise<void> {
  for (let from = 0; from < said.length; from += PIECE) await insert(db, channel, said.slice(from, from + PIECE));
  // Whatever answers or likes is there by now, so each message is counted once.
  for (let from = 0; from < said.length; from += PIECE) {
    const piece = said.slice(from, from + PIECE).filter(({ kind }) => kind !== "hide");
    const names = piece
      .filter(({ kind }) => kind === "message")
      .map(({ person, id }) => ({ author: person as Author, id }));
    await recount(db, channel, names, piece);
  }
}

async function insert(db: Kysely<Database>, channel: string, said: readonly Said[]): Promise<void> {
  const lines = sql`unnest(
    ${said.map(({ person }) => person)}::uuid[], ${said.map(({ id }) => id)}::text[], ${said.map(({ kind }) => kind)}::text[],
    ${said.map(({ at }) => at)}::bigint[], ${said.map(({ of }) => of?.person ?? null)}::uuid[], ${said.map(({ of }) => of?.id ?? null)}::text[])
    as said (author, id, kind, at, of_author, of_id)`;
  const value = sql`jsonb_strip_nulls(jsonb_build_object('id', id, 'at', at, 'kind', kind) || case kind
    when 'message' then jsonb_build_object('body', repeat('as people say it ', 4),
      're', case when of_id is not null then jsonb_build_object('author', of_author, 'id', of_id) end)
    else jsonb_build_object('of', jsonb_build_object('author', of_author, 'id', of_id), 'key', '+1', 'on', true) end)`;

  await sql`
    insert into entry (channel, author, id, segment, value, document, client_id, clock)
    select ${channel}::uuid, author::text, id, 1, ${value}, ${channel}::text, 1, id::bigint from ${lines}`.execute(db);
  await sql`
    insert into message (channel, author, id, segment, kind, at, position, body, re_author, re_id, mentions)
    select ${channel}::uuid, author, id, 1, kind, at, at, repeat('as people say it ', 4), of_author, of_id, '{}' from ${lines}
    where kind = 'message'`.execute(db);
  await sql`
    insert into reaction (channel, of_author, of_id, key, member, at)
    select ${channel}::uuid, of_author, of_id, '+1', author, at from ${lines} where kind = 'reaction'`.execute(db);
  await sql`
    insert into moderation_act (channel, author, id, kind, at, of_author, of_id)
    select ${channel}::uuid, author::text, id, kind, at, of_author, of_id from ${lines} where kind = 'hide'`.execute(
    db,
  );
}

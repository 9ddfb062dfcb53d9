import { sql, type Kysely } from "kysely";

import { createFold } from "#shared/entries/fold.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { Row } from "#shared/entries/row.ts";
import type { Author } from "#shared/documents/names.ts";
import type { Database } from "#server/database/types.ts";

import { unlike, type Line } from "./unlike.ts";

interface Kept {
  readonly author: Author;
  readonly segment: number;
  readonly value: Entry;
}

const QUARTER = 15 * 60 * 1_000;
const DAY = 24 * 60 * 60 * 1_000;

/** Counts everything anew from the entries of a channel, and compares. Answers what is wrong, in words. */
export async function findMiscounted(db: Kysely<Database>, channel: string): Promise<readonly string[]> {
  const { rows: kept } = await sql<Kept>`select author, segment, value from entry where channel = ${channel}`.execute(
    db,
  );
  const rows = (await foldedRows(db, channel, kept)).filter(({ kind }) => kind === "message");
  const deeds = deedsOf(rows, kept);
  const read = async (table: string, columns: string) =>
    (await sql<Line>`select ${sql.raw(columns)} from ${sql.table(table)} where channel = ${channel}`.execute(db)).rows;
  const counts = "messages, replies, reactions";

  return [
    ...unlike("activity", counted(deeds, "slot", QUARTER), await read("activity", `person, slot, ${counts}`)),
    ...unlike("activity_day", counted(deeds, "day", DAY), await read("activity_day", `person, day, ${counts}`)),
    ...unlike(
      "resonance",
      rows.map((row) => resonanceOf(row, rows)).filter(({ replies, reactions }) => replies + reactions > 0),
      await read("resonance", "author, id, at, replies, reactions, first_reply"),
    ),
    ...unlike(
      "moderation_act",
      kept.flatMap(actOf),
      await read("moderation_act", "author, id, kind, at, of_author, of_id"),
    ),
  ];
}

async function foldedRows(db: Kysely<Database>, channel: string, kept: readonly Kept[]): Promise<readonly Row[]> {
  const openings = await db
    .selectFrom("document")
    .select(["segment", "opened_at"])
    .where("channel_id", "=", channel)
    .execute();
  const fold = createFold((segment) => openings.find((opening) => opening.segment === segment)?.opened_at ?? 0);
  kept.forEach(({ author, segment, value }) => fold.add({ author, segment, entry: value }));
  return fold.rows();
}

interface Deed {
  readonly person: string;
  readonly at: number;
  readonly what: { readonly messages?: 1; readonly replies?: 1; readonly reactions?: 1 };
}

const deedsOf = (rows: readonly Row[], kept: readonly Kept[]): readonly Deed[] =>
  rows.flatMap((row): readonly Deed[] => [
    { person: row.author, at: row.at, what: { messages: 1, ...(row.re && { replies: 1 }) } },
    ...row.reactions.flatMap(({ key, by }) =>
      by.map((person): Deed => ({ person, at: lastGiven(kept, row, key, person), what: { reactions: 1 } })),
    ),
  ]);

const lastGiven = (kept: readonly Kept[], { author, id }: Row, key: string, person: string): number =>
  Math.max(
    ...kept.flatMap(({ author: giver, value }) =>
      value.kind === "reaction" &&
      value.on &&
      giver === person &&
      value.key === key &&
      value.of.id === id &&
      value.of.author === author
        ? [value.at]
        : [],
    ),
  );

function counted(deeds: readonly Deed[], unit: "slot" | "day", length: number): readonly Line[] {
  const groups = Map.groupBy(deeds, ({ person, at }) => `${person} ${Math.floor(at / length)}`);
  return [...groups].map(([key, own]) => {
    const [person, time] = key.split(" ");
    const sum = (what: keyof Deed["what"]) => own.reduce((total, deed) => total + (deed.what[what] ?? 0), 0);
    return {
      person,
      [unit]: Number(time),
      messages: sum("messages"),
      replies: sum("replies"),
      reactions: sum("reactions"),
    };
  });
}

function resonanceOf({ author, id, at, reactions }: Row, rows: readonly Row[]) {
  const answers = rows.filter(({ re }) => re?.author === author && re.id === id);
  const others = answers.filter((answer) => answer.author !== author).map((answer) => answer.at);
  return {
    author,
    id,
    at,
    replies: answers.length,
    reactions: reactions.reduce((total, { by }) => total + by.length, 0),
    first_reply: others.length === 0 ? null : Math.max(0, Math.min(...others) - at),
  };
}

const actOf = ({ author, value }: Kept): readonly Line[] =>
  value.kind === "hide" || value.kind === "restore"
    ? [{ author, id: value.id, kind: value.kind, at: value.at, of_author: value.of.author, of_id: value.of.id }]
    : [];

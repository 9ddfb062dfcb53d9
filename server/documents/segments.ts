import type { Kysely } from "kysely";

import { logKinds, type DocumentRef } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";

import { readStandings } from "./standing.ts";

interface Segment {
  readonly n: number;
  readonly openedAt: number;
  readonly head: boolean;
}

/** The segments of a log that a person may read, in their order. */
export async function segmentsOf(
  db: Kysely<Database>,
  person: MemberId,
  id: ChannelId,
): Promise<Result<readonly Segment[], Failure>> {
  const rows = await db
    .selectFrom("document")
    .select(["kind", "segment", "opened_at", "closed"])
    .where("channel_id", "=", id)
    .where("kind", "in", logKinds)
    .orderBy("segment")
    .execute();
  const kind = rows[0]?.kind;
  if (kind === undefined || kind === "community" || kind === "page") return fail({ kind: "not-found" });
  if (!(await mayRead(db, person, { kind, id, segment: 1 }))) return fail({ kind: "not-found" });

  return ok(rows.map(({ segment, opened_at, closed }) => ({ n: segment, openedAt: opened_at, head: closed === null })));
}

async function mayRead(db: Kysely<Database>, person: MemberId, place: DocumentRef): Promise<boolean> {
  const { actor, target } = (await readStandings(db, [{ person, place }], false))({ person, place });
  return can(actor, "document.read", target);
}

/** Which of a person's own entries are known neither as present nor as erased. */
export async function unknownEntries(
  db: Kysely<Database>,
  person: MemberId,
  channel: ChannelId,
  ids: readonly EntryId[],
): Promise<readonly EntryId[]> {
  const rows = await db
    .selectFrom("entry_key")
    .select("id")
    .where("channel", "=", channel)
    .where("author", "=", person)
    .where("id", "in", ids.length > 0 ? ids : [""])
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

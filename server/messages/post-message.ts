import type { Kysely } from "kysely";
import { decodeTime, ulid } from "ulid";

import type { Ref } from "#shared/entries/kind.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import { parseDocumentName } from "#shared/documents/names.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import type { Outcome, Task } from "#server/documents/task.ts";

export interface PostDependencies {
  readonly db: Kysely<Database>;
  readonly submit: (task: Task) => Promise<Outcome>;
}

export interface NewPost {
  /** Chosen by the caller, so that it may ask again after a lost answer and still say it once; its time is the message's. */
  readonly id?: EntryId | undefined;
  readonly body: string;
  readonly re?: Ref | undefined;
  readonly mentions?: MemberId[] | undefined;
}

/** A channel rolls over at most this often while somebody looks for its head. */
const ATTEMPTS = 3;

/** Says something as a member, through the same gate as their clients. Resolves when it is durable. */
export async function postMessage(
  deps: PostDependencies,
  sender: MemberId,
  channel: ChannelId,
  post: NewPost,
): Promise<Result<Ref, Failure>> {
  const entry = entryOf(post);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await submit(deps, sender, channel, entry);
    if (outcome.kind === "committed") return ok({ author: sender, id: entry.id });
    if (outcome.kind !== "refused") return fail({ kind: "not-found" });
    if (outcome.code !== "segment-closed") return fail(failureOf(outcome.code));
  }
  return fail({ kind: "overload" });
}

function entryOf({ id = ulid() as EntryId, body, re, mentions }: NewPost): EntryOf<"message"> {
  const optional = { ...(re === undefined ? {} : { re }), ...(mentions === undefined ? {} : { mentions }) };
  return { id, at: decodeTime(id), kind: "message", body, ...optional };
}

async function submit(
  { db, submit: hand }: PostDependencies,
  sender: MemberId,
  channel: ChannelId,
  entry: EntryOf<"message">,
): Promise<Outcome> {
  const head = await db
    .selectFrom("document")
    .select("name")
    .where("channel_id", "=", channel)
    .where("kind", "in", ["channel", "dm"])
    .orderBy("segment", "desc")
    .limit(1)
    .executeTakeFirst();
  const place = head && parseDocumentName(head.name);
  return place === undefined
    ? { kind: "no-such-document" }
    : hand({ kind: "post", document: head?.name ?? "", place, sender, entry });
}

function failureOf(code: RefusalCode): Failure {
  switch (code) {
    case "not-a-member":
      return { kind: "not-found" };
    case "archived":
      return { kind: "archived" };
    case "rate":
      return { kind: "rate" };
    case "overload":
      return { kind: "overload" };
    case "id-reused":
    case "invalid":
      return { kind: "invalid", fields: [] };
    default:
      return { kind: "forbidden" };
  }
}

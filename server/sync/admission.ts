import type { Kysely } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Database } from "#server/database/types.ts";
import { readStandings } from "#server/documents/standing.ts";

/**
 * Why somebody is not let in: nobody knows who they are, or it is not theirs. There is one answer for "no such document"
 * and "not yours": a stranger must not learn which.
 */
export class NotAdmitted extends Error {
  readonly reason: "signed-out" | "not-a-member";

  constructor(reason: NotAdmitted["reason"]) {
    // Hocuspocus writes every message into the log: anybody could fill it.
    super();
    this.reason = reason;
  }
}

/** Which of these documents somebody may read. Names that are none are left out. */
export async function readable(
  db: Kysely<Database>,
  person: MemberId,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = names.flatMap((name) => {
    const place = parseDocumentName(name);
    return place === undefined ? [] : [{ name, appearance: { person, place } }];
  });
  const standingOf = await readStandings(
    db,
    asked.map(({ appearance }) => appearance),
    false,
  );
  const admitted = asked.filter(({ appearance }) => {
    const { actor, target } = standingOf(appearance);
    return can(actor, "document.read", target);
  });
  return new Set(admitted.map(({ name }) => name));
}

import type { Kysely } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Database } from "#server/database/types.ts";
import { readStandings } from "#server/documents/standing.ts";

/** One answer for "no such document" and "not yours": a stranger must not learn which. */
export class NotAdmitted extends Error {
  readonly reason = "not-a-member";
}

/** Which of these documents somebody may read. Names that are none are left out. */
export async function readable(db: Kysely<Database>, person: MemberId, names: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = names.flatMap((name) => {
    const place = parseDocumentName(name);
    return place === undefined ? [] : [{ name, appearance: { person, place } }];
  });
  const standingOf = await readStandings(db, asked.map(({ appearance }) => appearance), false);
  const admitted = asked.filter(({ appearance }) => {
    const { actor, target } = standingOf(appearance);
    return can(actor, "document.read", target);
  });
  return new Set(admitted.map(({ name }) => name));
}

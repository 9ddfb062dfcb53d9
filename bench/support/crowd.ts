import type { Kysely } from "kysely";

import type { MemberId } from "#shared/ids.ts";
import { createSessions } from "#server/auth/sessions.ts";
import type { Database } from "#server/database/types.ts";
import { channel, community, join, person } from "#tests/support/people.ts";
import { channelDocument } from "#tests/support/scribe.ts";

/** Somebody signed in, and the document that they are in. */
export interface Seat {
  readonly person: MemberId;
  readonly cookie: string;
  readonly document: string;
}

/** Members of one community, each signed in, spread evenly over as many channels. */
export async function gather(db: Kysely<Database>, people: number, channels: number): Promise<readonly Seat[]> {
  const home = await community(db);
  const documents: string[] = [];
  for (let index = 0; index < channels; index += 1) documents.push(channelDocument(await channel(db, home)));

  const sessions = createSessions(db, false);
  return Promise.all(
    Array.from({ length: people }, async (_, index) => {
      const id = await person(db, `person${index}`);
      await join(db, home, id, "member");
      const { cookie } = await sessions.begin(id, "bench", undefined);
      return { person: id, cookie: cookie.split(";")[0] as string, document: documents[index % channels] as string };
    }),
  );
}

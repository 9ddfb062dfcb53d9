import type { Kysely } from "kysely";
import { expect } from "vitest";
import { Doc } from "yjs";

import type { Database } from "#server/database/types.ts";
import { load, type Live } from "#server/documents/live.ts";
import { findWrongs } from "#tests/support/checker.ts";

/** Fails unless these replicas of a document come to say what its journal says. */
export async function expectSame(db: Kysely<Database>, name: string, replicas: readonly Doc[]): Promise<void> {
  const wrongs = async (): Promise<readonly string[]> => {
    const stored = (await load(db, name, new Doc())) as Live;
    const served = replicas.map((doc): Live => ({ ...stored, doc }));
    served.forEach(({ doc }) => stored.doc.share.forEach((_type, root) => doc.getArray(root)));
    return findWrongs(db, served);
  };
  await expect.poll(wrongs, { timeout: 10_000, interval: 50 }).toEqual([]);
}

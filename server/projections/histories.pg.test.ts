import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { compact } from "#server/documents/compact.ts";
import { channelOfTwo } from "#tests/support/channel-of-two.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { findMiscounted } from "#tests/support/figures-checker.ts";
import { act, entryOf, type Act, type Written } from "#tests/support/histories.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

async function afterwards(channel: Awaited<ReturnType<typeof channelOfTwo>>, { after, segment }: Act): Promise<void> {
  if (after === "project-1") await channel.project(1);
  if (after === "project-2") await channel.project(2);
  if (after === "project-both-at-once") await Promise.all([channel.project(1), channel.project(2), channel.project(1)]);
  if (after === "compact") await compact(database.db, channel.name(segment));
  if (after === "erase") await channel.eraseAll();
  if (after === "redeliver") await channel.redeliver(segment);
}

test(
  "however entries are spread over segments, and whenever a worker reads, the tables say what the fold says, and the figures count it",
  { timeout: 120_000 },
  async () => {
    const histories = fc.array(act, { minLength: 3, maxLength: 24 });

    await fc.assert(
      fc.asyncProperty(histories, async (acts) => {
        const channel = await channelOfTwo(database.db);
        const before: Written[] = [];
        for (const [n, one] of acts.entries()) {
          const entry = entryOf(one, n, before);
          if (entry === undefined) continue;
          before.push({ author: one.author, entry });
          await channel.write(one.segment, one.author, entry);
          await afterwards(channel, one);
          expect(await findMiscounted(database.db, channel.channel)).toEqual([]);
        }
        await channel.eraseAll();
        await channel.project(2);
        await channel.project(1);

        expect(await channel.rows()).toEqual(await channel.expected());
        expect(await findMiscounted(database.db, channel.channel)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  },
);

import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";

import type { Ref } from "#shared/entries/kind.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { MemberId } from "#shared/ids.ts";
import { compact } from "#server/documents/compact.ts";
import { channelOfTwo, idAt, START } from "#tests/support/channel-of-two.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.close());

const alice = uuid() as MemberId;
const bob = uuid() as MemberId;

/** The n-th thing that happens: about an earlier message, or one of its own. */
const act = fc.record({
  what: fc.constantFrom("message", "message", "edit", "retract", "reaction", "hide", "restore", "retract-edit"),
  author: fc.constantFrom(alice, bob),
  target: fc.nat(20),
  segment: fc.constantFrom(1, 2),
  text: fc.constantFrom("hello", "sound card", "日本語", ":-)"),
  after: fc.constantFrom("nothing", "nothing", "project-1", "project-2", "project-both-at-once", "compact", "erase"),
});
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** The entry that an act is, given those before it. Undefined when there is nothing that it could be about. */
function entryOf(
  { what, author, target, text }: Act,
  n: number,
  before: readonly { author: MemberId; entry: Entry }[],
): Entry | undefined {
  const base = { id: idAt(n), at: START + n };
  const own = what === "edit" || what === "retract" || what === "retract-edit";
  const kind = what === "retract-edit" ? "edit" : "message";
  const possible = before.filter((other) => other.entry.kind === kind && (!own || other.author === author));
  const chosen = possible[target % Math.max(1, possible.length)];
  const of: Ref | undefined = chosen && { author: chosen.author, id: chosen.entry.id };

  if (what === "message")
    return {
      ...base,
      kind: "message",
      body: `${text} ${n}`,
      mentions: target % 3 === 0 ? [bob] : [],
      ...(of && target % 2 === 0 ? { re: of } : {}),
    };
  if (of === undefined) return undefined;
  if (what === "edit") return { ...base, kind: "edit", of, body: `${text} edited ${n}` };
  if (what === "retract") return { ...base, kind: "retract", of, what: "message" };
  if (what === "retract-edit") return { ...base, kind: "retract", of, what: "edit" };
  if (what === "reaction")
    return { ...base, kind: "reaction", of, key: target % 2 === 0 ? "+1" : "tada", on: target % 5 !== 0 };
  return what === "hide" ? { ...base, kind: "hide", of, reason: text } : { ...base, kind: "restore", of };
}

async function afterwards(channel: Awaited<ReturnType<typeof channelOfTwo>>, { after, segment }: Act): Promise<void> {
  if (after === "project-1") await channel.project(1);
  if (after === "project-2") await channel.project(2);
  if (after === "project-both-at-once") await Promise.all([channel.project(1), channel.project(2), channel.project(1)]);
  if (after === "compact") await compact(database.db, channel.name(segment));
  if (after === "erase") await channel.eraseAll();
}

test(
  "however entries are spread over segments, and whenever a worker reads, the tables say what the fold says",
  { timeout: 120_000 },
  async () => {
    const histories = fc.array(act, { minLength: 3, maxLength: 24 });

    await fc.assert(
      fc.asyncProperty(histories, async (acts) => {
        const channel = await channelOfTwo(database.db);
        const before: { author: MemberId; entry: Entry }[] = [];
        for (const [n, one] of acts.entries()) {
          const entry = entryOf(one, n, before);
          if (entry === undefined) continue;
          before.push({ author: one.author, entry });
          await channel.write(one.segment, one.author, entry);
          await afterwards(channel, one);
        }
        await channel.eraseAll();
        await channel.project(2);
        await channel.project(1);

        expect(await channel.rows()).toEqual(await channel.expected());
      }),
      { numRuns: 40 },
    );
  },
);

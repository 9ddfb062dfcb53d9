import fc from "fast-check";
import type { Kysely } from "kysely";

import { logDocument, parseDocumentName, type DocumentRef } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import { caseOf, type Reported } from "#shared/entries/kinds/report.ts";
import { deskOf, homeOf, type CommunityId, type MemberId } from "#shared/ids.ts";
import type { Database } from "#server/database/types.ts";
import { projectDocument } from "#server/projections/run.ts";

import { about, channel, community, person, say } from "./people.ts";
import { testNode } from "./scribe.ts";

export const QUARTER = 900_000;
/** The clocks of Berlin are put on in the night that follows; days of Kathmandu begin at a quarter past. */
export const BEGINNING = Date.parse("2026-03-27T18:00:00Z");

/** The n-th thing that happens around a desk. */
export const deskAct = fc.record({
  what: fc.constantFrom("report", "report", "report", "take back", "decide", "decide", "reopen", "hide", "restore"),
  who: fc.nat(1),
  target: fc.nat(3),
  outcome: fc.constantFrom("dismissed", "hidden"),
  /** How long it lay on a device without a network. */
  late: fc.constantFrom(0, 0, 0, 1, QUARTER, 40 * QUARTER),
  /** How much of what was reported its moderator had not seen. */
  unseen: fc.constantFrom(0, 0, 1, 50 * QUARTER),
  /** What passes before it. */
  pause: fc.constantFrom(0, 1, QUARTER - 1, QUARTER, 5 * QUARTER, 24 * QUARTER, 95 * QUARTER),
});
type DeskAct = typeof deskAct extends fc.Arbitrary<infer One> ? One : never;

/** What was taken in, by the server's clock. */
export interface Happened {
  readonly author: MemberId;
  readonly case: string;
  readonly entry: Entry;
  readonly received: number;
}

/**
 * A community where Carol and Dave report what Mallory and Heidi do, and Alice, who owns it, and Bob decide: through the
 * real gate, by a clock of its own. Heidi moderates like Bob.
 */
export async function deskWithHistory(db: Kysely<Database>) {
  const [alice, bob, heidi, carol, dave, mallory] = (await Promise.all(
    ["Alice", "Bob", "Heidi", "Carol", "Dave", "Mallory"].map((name) => person(db, name)),
  )) as [MemberId, MemberId, MemberId, MemberId, MemberId, MemberId];
  const members = { [carol]: "member", [dave]: "member", [mallory]: "member" } as const;
  const id = await community(db, { [alice]: "owner", [bob]: "moderator", [heidi]: "moderator", ...members });
  const channels = [await channel(db, id), await channel(db, id)] as const;
  let now = BEGINNING;
  const { committer } = testNode(db, () => now);
  const happened: Happened[] = [];

  async function enter(document: string, author: MemberId, key: string, entry: Entry): Promise<void> {
    const place = parseDocumentName(document) as DocumentRef;
    const outcome = await committer.submit({ kind: "post", document, place, sender: author, entry });
    if (outcome.kind === "committed") happened.push({ author, case: key, entry, received: outcome.received });
    await projectDocument(db, document);
  }
  const says = async (author: MemberId, where: (typeof channels)[number]): Promise<Reported> => {
    const entry = say("I do as I like", { at: now });
    await enter(logDocument("channel", where, 1), author, "", entry);
    return { of: "message", channel: where, author, id: entry.id };
  };
  const targets: readonly Reported[] = [
    await says(mallory, channels[0]),
    await says(heidi, channels[1]),
    { of: "person", person: mallory, community: id },
    { of: "person", person: heidi, community: id },
  ];

  return {
    community: id,
    channels,
    alice,
    bob,
    heidi,
    happened,
    async act(act: DeskAct): Promise<void> {
      now += act.pause;
      const target = targets[act.target] as Reported;
      const author = [carol, dave, alice, bob][act.who + (isOfMembers(act) ? 0 : 2)] as MemberId;
      const entry = entryOf(act, target, now);
      if (entry !== undefined) await enter(placeOf(entry, author, target, id), author, caseOf(target), entry);
    },
  };
}

const isOfMembers = ({ what }: DeskAct): boolean => what === "report" || what === "take back";

function entryOf({ what, outcome, late, unseen }: DeskAct, target: Reported, now: number): Entry | undefined {
  const at = now - late;
  if (what === "report" || what === "take back")
    return about("report", { target, ground: "spam", note: "", open: what === "report", at });
  if (what === "decide") return about("decision", { case: caseOf(target), outcome, until: at - unseen, at });
  if (what === "reopen") return about("decision", { case: caseOf(target), outcome: "reopened", until: at, at });
  if (target.of !== "message") return undefined;
  const of = { author: target.author, id: target.id };
  return what === "hide" ? about("hide", { of, reason: "", at }) : about("restore", { of, at });
}

function placeOf({ kind }: Entry, author: MemberId, target: Reported, community: CommunityId): string {
  if (kind === "report") return logDocument("user", homeOf(author), 1);
  if (kind === "decision") return logDocument("desk", deskOf(community), 1);
  return logDocument("channel", target.of === "message" ? target.channel : deskOf(community), 1);
}

import { ulid } from "ulid";

import type { ChannelId, CommunityId, EntryId, MemberId } from "#shared/ids.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import { logDocument } from "#shared/documents/names.ts";
import { ok } from "#shared/result.ts";
import { createPerson } from "#server/auth/create-person.ts";
import { issueLink } from "#server/auth/one-time-links.ts";
import { addMember } from "#server/communities/communities.ts";
import { channelNamed } from "#server/import/places.ts";
import { projectDocument } from "#server/projections/run.ts";

import type { Workplace } from "../workplace.ts";
import { bringIn } from "./bring-in.ts";

/** Two of those who live in a demo, with a link that signs each of them in once. */
export interface Guests {
  readonly admin: Guest;
  readonly member: Guest;
}

interface Guest {
  readonly id: MemberId;
  readonly name: string;
  readonly token: string;
}

const NAMES = ["Alice", "Bob", "Carol", "Dave"] as const;

/** Fills an empty installation: people, a community with its real history, and a few words to begin with. */
export async function settleIn(workplace: Workplace, history: string, newPassword: () => string): Promise<Guests> {
  const [alice, bob, ...others] = await Promise.all(NAMES.map((name) => settle(workplace, name, newPassword())));
  if (alice === undefined || bob === undefined) throw new Error("a demo needs two people");

  await bringIn(workplace, {
    path: history,
    community: "Ubuntu IRC",
    channel: "ubuntu",
    owner: "alice",
    onError: "stop",
  });
  const { id } = await workplace.db.selectFrom("community").select("id").executeTakeFirstOrThrow();
  await join(workplace, id as CommunityId, [bob, ...others]);
  await sayHello(workplace, id as CommunityId, alice, bob);
  return { admin: alice, member: bob };
}

async function settle({ authority }: Workplace, name: string, password: string): Promise<Guest> {
  const made = await authority.change(async (trx, consequences) => {
    const person = { login: name.toLowerCase(), name, password, platformAdmin: name === NAMES[0] };
    const id = await createPerson(trx, consequences, person);
    return id.ok ? ok({ id: id.value, name, token: (await issueLink(trx, "sign-in", id.value)).token }) : id;
  });
  if (!made.ok) throw new Error(`${name} could not be made: ${made.problem.kind}`);
  return made.value;
}

async function join({ authority }: Workplace, community: CommunityId, people: readonly Guest[]): Promise<void> {
  await authority.change(async (trx, consequences) => {
    for (const { id } of people) await addMember(trx, community, id, "member");
    consequences.people(...people.map(({ id }) => id));
    return ok(undefined);
  });
}

async function sayHello(
  { db, authority, committer }: Workplace,
  community: CommunityId,
  alice: Guest,
  bob: Guest,
): Promise<void> {
  const now = Date.now();
  const channel: ChannelId = await channelNamed(db, authority.change, community, "lounge", now);
  const document = logDocument("channel", channel, 1);
  const say = (at: number, body: string, mentions: readonly MemberId[] = []): EntryOf<"message"> => ({
    kind: "message",
    id: ulid(at) as EntryId,
    at,
    body,
    mentions: [...mentions],
  });

  await committer.submit({
    kind: "write",
    document,
    entries: [
      { author: alice.id, entry: say(now + 1, "Welcome! Fourteen years of #ubuntu are next door, in **ubuntu**.") },
      { author: bob.id, entry: say(now + 2, "Just searched them for `chmod`. Some things never change.") },
      {
        author: alice.id,
        entry: say(now + 3, "@Bob pull the plug and keep writing: it is all there when the network returns.", [bob.id]),
      },
    ],
  });
  await projectDocument(db, document);
}

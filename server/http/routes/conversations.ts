import type { ChannelId, MemberId } from "#shared/ids.ts";
import { endpoints } from "#shared/protocol/http/endpoints.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import { withinReach } from "#server/communities/find-people.ts";
import { conversationsOf } from "#server/communities/mirrored.ts";
import {
  addToGroup,
  leaveGroup,
  nameConversation,
  startDirect,
  startGroup,
} from "#server/conversations/conversations.ts";
import type { Person } from "#server/auth/sessions.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Direct and group conversations, and saved messages. */
export function conversationRoutes(router: Router, { db, authority }: WebDependencies): void {
  /** The others, where one may talk with all of them; for strangers one answer, whether they exist or not. */
  async function others(me: Person, people: readonly MemberId[]): Promise<Result<readonly MemberId[], Failure>> {
    const wanted = [...new Set(people)].filter((person) => person !== me.id);
    const reachable = await withinReach(db, me, wanted);
    return wanted.length > 0 && wanted.every((person) => reachable.has(person))
      ? ok(wanted)
      : fail({ kind: "not-found" });
  }

  const shown = async (done: Result<unknown, Failure>, person: MemberId, id: ChannelId) => {
    if (!done.ok) return done;
    const conversation = (await conversationsOf(db, person)).find((one) => one.id === id);
    return conversation === undefined ? fail<Failure>({ kind: "not-found" }) : ok(conversation);
  };

  router.on(
    "startConversation",
    endpoints.startConversation,
    { tag: "Conversations", summary: "Begin a conversation" },
    async ({ me, input }) => {
      const people = await others(me.person, input.people);
      if (!people.ok) return people;
      const [first] = people.value as [MemberId];
      if (input.kind === "direct" && people.value.length > 1)
        return fail<Failure>({ kind: "invalid", fields: [{ field: "people", problem: "too-long" }] });

      const id = await authority.change((trx, consequences) =>
        input.kind === "direct"
          ? startDirect(trx, consequences, me.person.id, first)
          : startGroup(trx, consequences, [me.person.id, ...people.value], input.name ?? ""),
      );
      return id.ok ? shown(id, me.person.id, id.value) : id;
    },
  );

  router.on(
    "conversations",
    endpoints.conversations,
    { tag: "Conversations", summary: "One's conversations" },
    async ({ me }) => ok({ conversations: await conversationsOf(db, me.person.id) }),
  );

  router.on(
    "nameConversation",
    endpoints.nameConversation,
    { tag: "Conversations", summary: "Name a group" },
    async ({ me, input }) => {
      const done = await authority.change((trx, consequences) =>
        nameConversation(trx, consequences, me.person.id, input),
      );
      return shown(done, me.person.id, input.id);
    },
  );

  router.on(
    "addToConversation",
    endpoints.addToConversation,
    { tag: "Conversations", summary: "Bring people into a group" },
    async ({ me, input }) => {
      const people = await others(me.person, input.people);
      if (!people.ok) return people;
      const done = await authority.change((trx, consequences) =>
        addToGroup(trx, consequences, me.person.id, { id: input.id, people: people.value }),
      );
      return shown(done, me.person.id, input.id);
    },
  );

  router.on(
    "leaveConversation",
    endpoints.leaveConversation,
    { tag: "Conversations", summary: "Leave a group" },
    ({ me, input }) => authority.change((trx, consequences) => leaveGroup(trx, consequences, me.person.id, input.id)),
  );
}

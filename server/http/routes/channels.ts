import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { fail, ok } from "#shared/result.ts";
import { banFrom } from "#server/cases/bans.ts";
import { changeChannel, channelOf, channelsOf, createChannel } from "#server/communities/channels.ts";
import { letIn, participants, putOut } from "#server/communities/participants.ts";
import { segmentsOf } from "#server/documents/segments.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Channels of communities, and the segments of every log. */
export function channelRoutes(router: Router, { db, authority }: WebDependencies): void {
  router.on("createChannel", endpoints.createChannel, { tag: "Channels", summary: "Make a channel" }, ({ me, input }) =>
    authority.change((trx, consequences) => createChannel(trx, consequences, me.person.id, input.id, input)),
  );

  router.on(
    "channels",
    endpoints.channels,
    { tag: "Channels", summary: "The channels of a community that one may read" },
    ({ me, input }) => channelsOf(db, me.person.id, input.id),
  );

  router.on("channel", endpoints.channel, { tag: "Channels", summary: "One channel" }, ({ me, input }) =>
    channelOf(db, me.person.id, input.id),
  );

  router.on(
    "changeChannel",
    endpoints.changeChannel,
    { tag: "Channels", summary: "Change, move or archive a channel" },
    ({ me, input }) => {
      const { id, ...change } = input;
      return authority.change((trx, consequences) => changeChannel(trx, consequences, me.person.id, id, change));
    },
  );

  router.on(
    "participants",
    endpoints.participants,
    { tag: "Channels", summary: "Who is in a private channel" },
    ({ me, input }) => participants(db, me.person.id, input.id),
  );

  router.on(
    "letIn",
    endpoints.letIn,
    { tag: "Channels", summary: "Let members into a private channel" },
    ({ me, input }) => authority.change((trx, consequences) => letIn(trx, consequences, me.person.id, input)),
  );

  router.on(
    "putOut",
    endpoints.putOut,
    { tag: "Channels", summary: "Take somebody out of a private channel, or leave it" },
    ({ me, input }) => authority.change((trx, consequences) => putOut(trx, consequences, me.person.id, input)),
  );

  router.on(
    "segments",
    endpoints.segments,
    { tag: "Channels", summary: "The segments of a log", kept: true },
    async ({ me, input }) => {
      const segments = await segmentsOf(db, me.person.id, input.id);
      if (segments.ok) return ok({ segments: [...segments.value] });
      return fail((await banFrom(db, input.id, me.person.id)) ?? segments.problem);
    },
  );
}

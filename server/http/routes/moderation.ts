import { laterEndpoints as endpoints } from "#shared/protocol/http/later-endpoints.ts";
import { cases } from "#server/moderation/cases.ts";
import { decideCase } from "#server/moderation/decide.ts";
import { measures } from "#server/moderation/measure-rows.ts";
import { liftMeasure, takeMeasure } from "#server/moderation/measures.ts";
import { orderChannel } from "#server/moderation/order-channel.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** What moderators are asked to look at, and what they do about it. */
export function moderationRoutes(router: Router, { db, authority }: WebDependencies): void {
  router.on("cases", endpoints.cases, { tag: "Moderation", summary: "The cases of a desk" }, ({ me, input }) =>
    cases(db, me.person.id, input),
  );

  router.on(
    "decideCase",
    endpoints.decideCase,
    { tag: "Moderation", summary: "Decide about a case of somebody who keeps order too" },
    ({ me, input }) => authority.change((trx) => decideCase(trx, me.person.id, input)),
  );

  router.on(
    "measures",
    endpoints.measures,
    { tag: "Moderation", summary: "What was done about a person" },
    ({ me, input }) => measures(db, me.person.id, input),
  );

  router.on(
    "takeMeasure",
    endpoints.takeMeasure,
    { tag: "Moderation", summary: "Warn, mute, take out or ban a person" },
    ({ me, input }) => authority.change((trx, consequences) => takeMeasure(trx, consequences, me.person.id, input)),
  );

  router.on(
    "liftMeasure",
    endpoints.liftMeasure,
    { tag: "Moderation", summary: "End a measure, or undo it" },
    ({ me, input: { restore, ...which } }) =>
      authority.change((trx, consequences) =>
        liftMeasure(trx, consequences, me.person.id, { ...which, restore: restore === "true" }),
      ),
  );

  router.on(
    "orderChannel",
    endpoints.orderChannel,
    { tag: "Moderation", summary: "Lock a channel or slow it down" },
    ({ me, input }) => authority.change((trx, consequences) => orderChannel(trx, consequences, me.person.id, input)),
  );
}

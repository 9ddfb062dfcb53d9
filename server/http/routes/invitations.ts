import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { links } from "#shared/protocol/links.ts";
import { ok } from "#shared/result.ts";
import { communityFacts } from "#server/communities/community-facts.ts";
import {
  acceptInvitation,
  invitations,
  invite,
  previewInvitation,
  revokeInvitation,
} from "#server/communities/invitations.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Limits } from "../limits.ts";
import type { Router } from "../route.ts";

/** Links into communities. */
export function invitationRoutes(router: Router, { db, authority }: WebDependencies, limits: Limits): void {
  router.on(
    "invite",
    endpoints.invite,
    { tag: "Invitations", summary: "Make an invitation link" },
    async ({ me, input, origin }) => {
      const made = await authority.change((trx) => invite(trx, me.person.id, input.id, input));
      if (!made.ok) return made;
      const { token, invitation } = made.value;
      return ok({ invitation, token, url: links.invitation(origin, token) });
    },
  );

  router.on(
    "invitations",
    endpoints.invitations,
    { tag: "Invitations", summary: "Invitations that still open the door" },
    ({ me, input }) => invitations(db, me.person.id, input.id),
  );

  router.on(
    "revokeInvitation",
    endpoints.revokeInvitation,
    { tag: "Invitations", summary: "Revoke an invitation" },
    ({ me, input }) => authority.change((trx) => revokeInvitation(trx, me.person.id, input.id, input.invitation)),
  );

  router.on(
    "previewInvitation",
    endpoints.previewInvitation,
    { tag: "Invitations", summary: "What an invitation is for" },
    async ({ me, input, address }) => {
      const limit = await limits.take("invitation", address);
      return limit.ok ? previewInvitation(db, me?.person.id, input.token) : limit;
    },
  );

  router.on(
    "acceptInvitation",
    endpoints.acceptInvitation,
    { tag: "Invitations", summary: "Come in by an invitation" },
    async ({ me, input, address }) => {
      const limit = await limits.take("invitation", address);
      if (!limit.ok) return limit;
      const accepted = await authority.change((trx, consequences) =>
        acceptInvitation(trx, consequences, me.person.id, input.token),
      );
      return accepted.ok ? ok(await communityFacts(db, me.person.id, accepted.value)) : accepted;
    },
  );
}

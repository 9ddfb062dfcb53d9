import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { fail, ok } from "#shared/result.ts";
import { accessTokensOf, makeAccessToken, revokeAccessToken } from "#server/auth/access-tokens.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** What lets programs of one's own into one's documents. */
export function tokenRoutes(router: Router, { db, authority, incarnation }: WebDependencies): void {
  router.on(
    "makeToken",
    endpoints.makeToken,
    {
      tag: "Account",
      summary: "Make an access token with which a program opens one's documents; it is told this once",
    },
    async ({ me, input }) => {
      const current = await incarnation();
      return db.transaction().execute((trx) => makeAccessToken(trx, me.person.id, current, input));
    },
  );

  router.on(
    "tokens",
    endpoints.tokens,
    { tag: "Account", summary: "One's access tokens, without their secret" },
    async ({ me }) => ok({ tokens: await accessTokensOf(db, me.person.id, await incarnation()) }),
  );

  router.on(
    "revokeToken",
    endpoints.revokeToken,
    { tag: "Account", summary: "Revoke an access token; what it has opened is closed" },
    ({ me, input }) =>
      authority.change(async (trx, consequences) =>
        (await revokeAccessToken(trx, consequences, me.person.id, input.handle))
          ? ok(undefined)
          : fail({ kind: "not-found" } as const),
      ),
  );
}

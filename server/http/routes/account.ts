import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { fail, ok } from "#shared/result.ts";
import { changePassword } from "#server/auth/credentials.ts";
import { deviceOf } from "#server/auth/device.ts";
import { rename } from "#server/auth/rename.ts";
import { endSession, sessionsOf } from "#server/auth/sessions.ts";
import { unknownEntries } from "#server/documents/segments.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Limits } from "../limits.ts";
import { meOf } from "../me.ts";
import type { Router } from "../route.ts";

/** One's own account. */
export function accountRoutes(router: Router, deps: WebDependencies, limits: Limits): void {
  const { db, authority, sessions } = deps;

  router.on("me", endpoints.me, { tag: "Account", summary: "Who is signed in here" }, async ({ me }) =>
    ok(await meOf(deps, me)),
  );

  router.on(
    "changeMe",
    endpoints.changeMe,
    { tag: "Account", summary: "Change one's display name" },
    async ({ me, input }) => {
      await rename(db, me.person.id, input.name);
      return ok(await meOf(deps, { ...me, person: { ...me.person, name: input.name } }));
    },
  );

  router.on(
    "changePassword",
    endpoints.changePassword,
    { tag: "Account", summary: "Change one's password, which ends all other sessions and all access tokens" },
    async (call) => {
      const { me, input, userAgent, cookies, setCookie } = call;
      const limit = await limits.take("password", me.person.id);
      if (!limit.ok) return limit;
      const changed = await authority.change((trx, consequences) =>
        changePassword(trx, consequences, me.person.id, input),
      );
      if (!changed.ok) return changed;

      await limits.giveBack("password", me.person.id);
      const { cookie, session } = await sessions.begin(me.person.id, deviceOf(userAgent), cookies);
      setCookie(cookie);
      return ok(await meOf(deps, session));
    },
  );

  router.on("sessions", endpoints.sessions, { tag: "Account", summary: "Where one is signed in" }, async ({ me }) => {
    const lines = await sessionsOf(db, me.person.id);
    return ok({ sessions: lines.map((line) => ({ ...line, current: line.handle === me.handle })) });
  });

  router.on(
    "endSession",
    endpoints.endSession,
    { tag: "Account", summary: "Sign out somewhere else" },
    ({ me, input }) =>
      authority.change(async (trx, consequences) =>
        (await endSession(trx, consequences, me.person.id, input.handle))
          ? ok(undefined)
          : fail({ kind: "not-found" } as const),
      ),
  );

  router.on(
    "knownEntries",
    endpoints.knownEntries,
    {
      tag: "Account",
      summary: "Ask which of one's own entries the server has lost, when it came back as another incarnation",
    },
    async ({ me, input }) =>
      ok({
        incarnation: await deps.incarnation(),
        unknown: [...(await unknownEntries(db, me.person.id, input.channel, input.ids))],
      }),
  );
}

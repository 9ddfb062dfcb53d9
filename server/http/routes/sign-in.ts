import { endpoints } from "#shared/protocol/http/endpoints.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import { fail, ok, type Result } from "#shared/result.ts";
import type { MemberId } from "#shared/ids.ts";
import type { Endpoint } from "#shared/protocol/http/endpoint.ts";
import { createPerson } from "#server/auth/create-person.ts";
import { checkCredentials, setPassword } from "#server/auth/credentials.ts";
import { deviceOf } from "#server/auth/device.ts";
import { becomeFirstAdmin } from "#server/auth/first-admin.ts";
import { spendLink } from "#server/auth/one-time-links.ts";
import { acceptInvitation } from "#server/communities/invitations.ts";

import { readSettings } from "#server/installation/settings.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Limits } from "../limits.ts";
import { meOf } from "../me.ts";
import type { Call, Router } from "../route.ts";

/** The ways into the platform. Each begins a new session. */
export function signInRoutes(router: Router, deps: WebDependencies, limits: Limits): void {
  const { db, authority, sessions } = deps;

  async function enter(
    person: MemberId,
    { userAgent, cookies, setCookie }: Pick<Call<Endpoint>, "userAgent" | "cookies" | "setCookie">,
  ) {
    const { cookie, session } = await sessions.begin(person, deviceOf(userAgent), cookies);
    setCookie(cookie);
    return ok(await meOf(deps, session));
  }

  router.on(
    "signUp",
    endpoints.signUp,
    { tag: "Account", summary: "Make an account, with an invitation into a community or without" },
    async (call) => {
      const { invitation, ...person } = call.input;
      const limit = await limits.take("sign-up", call.address);
      if (!limit.ok) return limit;
      const { signUp } = await readSettings(db);
      if (signUp === "closed" || (signUp === "invitation" && invitation === undefined))
        return fail<Failure>({ kind: "sign-up-closed" });

      const made = await authority.change(async (trx, consequences): Promise<Result<MemberId, Failure>> => {
        const created = await createPerson(trx, consequences, { ...person, platformAdmin: false });
        if (!created.ok || invitation === undefined) return created;
        const accepted = await acceptInvitation(trx, consequences, created.value, invitation);
        return accepted.ok ? created : accepted;
      });
      return made.ok ? enter(made.value, call) : made;
    },
  );

  router.on("signIn", endpoints.signIn, { tag: "Account", summary: "Sign in" }, async (call) => {
    const login = call.input.login.trim().toLowerCase();
    const counted = [
      ["sign-in by login and address", `${login} ${call.address}`],
      ["sign-in by address", call.address],
      ["sign-in by login", login],
    ] as const;
    for (const [rule, key] of counted) {
      const limit = await limits.take(rule, key);
      if (!limit.ok) return limit;
    }

    const person = await checkCredentials(db, login, call.input.password);
    if (!person.ok) return person;
    await Promise.all(counted.map(([rule, key]) => limits.giveBack(rule, key)));
    return enter(person.value, call);
  });

  router.on(
    "signInByLink",
    endpoints.signInByLink,
    { tag: "Account", summary: "Sign in with a one-time link" },
    async (call) => {
      const limit = await limits.take("link", call.address);
      if (!limit.ok) return limit;
      const person = await authority.change((trx) => spendLink(trx, "sign-in", call.input.token));
      return person.ok ? enterAs(person.value, call) : person;
    },
  );

  router.on(
    "becomeFirstAdmin",
    endpoints.becomeFirstAdmin,
    { tag: "Account", summary: "Become the first admin, with the link that the server printed" },
    async (call) => {
      const limit = await limits.take("link", call.address);
      if (!limit.ok) return limit;
      const person = await authority.change((trx, consequences) => becomeFirstAdmin(trx, consequences, call.input));
      return person.ok ? enter(person.value, call) : person;
    },
  );

  router.on(
    "resetPassword",
    endpoints.resetPassword,
    { tag: "Account", summary: "Choose a new password with a one-time link" },
    async (call) => {
      const limit = await limits.take("link", call.address);
      if (!limit.ok) return limit;
      const person = await authority.change(async (trx, consequences) => {
        const link = await spendLink(trx, "reset", call.input.token);
        if (link.ok && link.value !== null) await setPassword(trx, consequences, link.value, call.input.password);
        return link;
      });
      return person.ok ? enterAs(person.value, call) : person;
    },
  );

  router.on(
    "signOut",
    endpoints.signOut,
    { tag: "Account", summary: "Sign out here" },
    async ({ me, cookies, setCookie }) => {
      setCookie(await sessions.end(cookies));
      if (me !== undefined)
        await authority.change(async (_trx, consequences) => ok(consequences.sessionsEnded(me.handle)));
      return ok(undefined);
    },
  );

  const enterAs = (person: MemberId | null, call: Parameters<typeof enter>[1]) =>
    person === null ? Promise.resolve(fail<Failure>({ kind: "link-void" })) : enter(person, call);
}

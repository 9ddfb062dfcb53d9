import type { MemberId } from "#shared/ids.ts";
import { laterEndpoints as endpoints } from "#shared/protocol/http/later-endpoints.ts";
import { links } from "#shared/protocol/links.ts";
import { fail, ok } from "#shared/result.ts";
import { accountDetails, accountOf, accounts } from "#server/auth/accounts.ts";
import { changeAccount, createAccount, resetLink, signOutEverywhere } from "#server/auth/administer.ts";
import { asAdmin } from "#server/auth/as-admin.ts";
import type { OneTimeLink } from "#server/auth/one-time-links.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Accounts, for the platform's administrators. */
export function adminPeopleRoutes(router: Router, { db, authority }: WebDependencies): void {
  const found = <Value>(value: Value | undefined) =>
    value === undefined ? fail({ kind: "not-found" } as const) : ok(value);
  const linkOf = (origin: string, { token, expiresAt }: OneTimeLink) => ({
    url: links.reset(origin, token),
    token,
    expiresAt: expiresAt.getTime(),
  });
  const shown = async (id: MemberId) => found(await accountOf(db, id));

  router.on(
    "accounts",
    endpoints.accounts,
    { tag: "Administration", summary: "Everybody here, by name" },
    async ({ input }) => ok(await accounts(db, input)),
  );

  router.on(
    "createAccount",
    endpoints.createAccount,
    { tag: "Administration", summary: "Make somebody an account, with a link that lets them choose a password" },
    async ({ me, input, origin }) => {
      const made = await authority.change(
        asAdmin(me.person.id, (trx, consequences) => createAccount(trx, consequences, me.person.id, input)),
      );
      if (!made.ok) return made;
      const account = await shown(made.value.id);
      return account.ok ? ok({ account: account.value, ...linkOf(origin, made.value) }) : account;
    },
  );

  router.on(
    "account",
    endpoints.account,
    { tag: "Administration", summary: "A person, where they belong and where they are signed in" },
    async ({ input }) => found(await accountDetails(db, input.id)),
  );

  router.on(
    "changeAccount",
    endpoints.changeAccount,
    { tag: "Administration", summary: "Disable or enable an account, or change its role on the platform" },
    async ({ me, input: { id, ...change } }) => {
      const done = await authority.change(
        asAdmin(me.person.id, (trx, consequences) => changeAccount(trx, consequences, me.person.id, id, change)),
      );
      return done.ok ? shown(id) : done;
    },
  );

  router.on(
    "endSessions",
    endpoints.endSessions,
    { tag: "Administration", summary: "Sign a person out everywhere, and their programs" },
    ({ me, input }) =>
      authority.change(
        asAdmin(me.person.id, (trx, consequences) => signOutEverywhere(trx, consequences, me.person.id, input.id)),
      ),
  );

  router.on(
    "makeResetLink",
    endpoints.makeResetLink,
    { tag: "Administration", summary: "Make a link with which a person chooses a new password" },
    async ({ me, input, origin }) => {
      const link = await authority.change(asAdmin(me.person.id, (trx) => resetLink(trx, me.person.id, input.id)));
      return link.ok ? ok(linkOf(origin, link.value)) : link;
    },
  );
}

import { useNavigate, useSearchParams } from "@solidjs/router";
import UserPlus from "lucide-solid/icons/user-plus";
import UsersRound from "lucide-solid/icons/users-round";
import { createMemo, createSignal, For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useLaterApi, type LaterApi } from "#client/api/use-later-api.ts";
import { ADMIN, adminPersonPath } from "#client/paths.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { plural } from "#client/ui/times.ts";
import type { MemberId } from "#shared/ids.ts";
import { ok } from "#shared/result.ts";

import { AccountRow } from "./AccountRow.tsx";
import { AdminSheet } from "./AdminSheet.tsx";
import { AccountsContext } from "./accounts-context.ts";
import { NewAccount } from "./NewAccount.tsx";
import type { OpenPage } from "./admin-page.ts";
import { PersonDrawer } from "./PersonDrawer.tsx";
import { StateTabs } from "./StateTabs.tsx";

const states = ["admins", "disabled", "new"] as const;
const labels = { admins: "Admins", disabled: "Disabled", new: "New this week" };

/** Everybody with an account here, and the one that is open. */
export function PeoplePage(props: OpenPage) {
  const api = useLaterApi();
  const go = useNavigate();
  const [search, setSearch] = useSearchParams<{ q?: string; state?: string }>();
  const [creating, setCreating] = createSignal(false);
  const [counts, setCounts] = createSignal<Counts>();
  const asked = createMemo(() => ({
    q: (search.q ?? "").trim(),
    state: states.find((known) => known === search.state),
  }));

  const accounts = createPages(asked, async ({ q, state }, after, signal) => {
    const answer = await api.accounts({ ...(q !== "" && { q }), state, after }, signal);
    if (answer.ok) setCounts(answer.value.counts);
    return answer.ok ? ok({ items: answer.value.accounts, next: answer.value.next }) : answer;
  });

  return (
    <AccountsContext.Provider value={accounts}>
      <AdminSheet
        title="People"
        topic={<Show when={counts()}>{(known) => <>{plural(known().all, "account")}</>}</Show>}
        tools={
          <Button kind="first" icon={UserPlus} aria-label="Create an account" onClick={() => setCreating(true)}>
            <span class="not-phone">Create</span>
          </Button>
        }
        tabs={
          <StateTabs
            label="People"
            base={`${ADMIN}/people`}
            states={states}
            labels={labels}
            counts={counts()}
            here={asked().state}
          />
        }
      >
        <div class="gutter">
          <div class="filters">
            <FindField
              label="Find a person"
              placeholder="Name, login or id"
              value={search.q ?? ""}
              onInput={(q) => setSearch({ q: q === "" ? null : q }, { replace: true })}
            />
          </div>
          <div class="py-2">
            <FormProblem problem={accounts.trouble()} />
          </div>
          <Show
            when={accounts.items()?.length !== 0}
            fallback={
              <EmptyState
                icon={UsersRound}
                title="Nobody is like this"
                text="A part of a name or a whole login finds somebody; the tabs above narrow it down."
              />
            }
          >
            <table class="folk">
              <caption class="hush">Accounts</caption>
              <thead>
                <tr>
                  <th scope="col">Person</th>
                  <th scope="col">Role</th>
                  <th scope="col">Last here</th>
                  <th scope="col" class="low">
                    Signed in
                  </th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                <For each={accounts.items()}>{(account) => <AccountRow account={account} />}</For>
              </tbody>
            </table>
          </Show>
          <More pages={accounts} />
        </div>
      </AdminSheet>
      <Show when={props.open}>{(id) => <PersonDrawer id={id() as MemberId} />}</Show>
      <Show when={creating()}>
        <NewAccount
          api={api}
          onMade={() => void accounts.reload()}
          onOpen={(id) => go(adminPersonPath(id))}
          onClose={() => setCreating(false)}
        />
      </Show>
    </AccountsContext.Provider>
  );
}

type Counts = Extract<Awaited<ReturnType<LaterApi["accounts"]>>, { readonly ok: true }>["value"]["counts"];

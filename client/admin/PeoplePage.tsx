import { useNavigate } from "@solidjs/router";
import UserPlus from "lucide-solid/icons/user-plus";
import UsersRound from "lucide-solid/icons/users-round";
import { createSignal, For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { adminPersonPath } from "#client/paths.ts";
import { Button } from "#client/ui/Button.tsx";
import { plural } from "#client/ui/times.ts";
import type { MemberId } from "#shared/ids.ts";
import { ok } from "#shared/result.ts";

import { AccountRow } from "./AccountRow.tsx";
import { AccountsContext } from "./accounts-context.ts";
import { NewAccount } from "./NewAccount.tsx";
import type { OpenPage } from "./admin-page.ts";
import { createFinding } from "./create-finding.ts";
import { FindSheet } from "./FindSheet.tsx";
import { PersonDrawer } from "./PersonDrawer.tsx";

const states = ["admins", "disabled", "new"] as const;
const labels = { admins: "Admins", disabled: "Disabled", new: "New this week" };

/** Everybody with an account here, and the one that is open. */
export function PeoplePage(props: OpenPage) {
  const api = useLaterApi();
  const go = useNavigate();
  const [creating, setCreating] = createSignal(false);
  const finding = createFinding(states);
  const accounts = createPages(finding.asked, async (asked, after, signal) => {
    const answer = await api.accounts({ ...asked, after }, signal);
    if (answer.ok) finding.setCounts(answer.value.counts);
    return answer.ok ? ok({ items: answer.value.accounts, next: answer.value.next }) : answer;
  });

  return (
    <AccountsContext.Provider value={accounts}>
      <FindSheet
        title="People"
        name="people"
        topic={(all) => plural(all, "account")}
        tools={
          <Button kind="first" icon={UserPlus} aria-label="Create an account" onClick={() => setCreating(true)}>
            <span class="not-phone">Create</span>
          </Button>
        }
        finding={finding}
        labels={labels}
        field={{ label: "Find a person", placeholder: "Name, login or id" }}
        pages={accounts}
        empty={{
          icon: UsersRound,
          title: "Nobody is like this",
          text: "A part of a name or a whole login finds somebody; the tabs above narrow it down.",
        }}
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
      </FindSheet>
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

import UsersRound from "lucide-solid/icons/users-round";
import { createSignal, For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useApi } from "#client/api/use-api.ts";
import { SETTINGS } from "#client/paths.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { createTitle } from "#client/ui/title.ts";
import { ok } from "#shared/result.ts";

import { AccountLine } from "./AccountLine.tsx";

/** Everybody with an account here, for those who run the place. */
export function PeoplePage() {
  const api = useApi();
  const [words, setWords] = createSignal("");
  const accounts = createPages(words, async (typed, after, signal) => {
    const q = typed.trim();
    const answer = await api.accounts({ ...(q !== "" && { q }), ...(after !== undefined && { after }) }, signal);
    return answer.ok ? ok({ items: answer.value.accounts, next: answer.value.next }) : answer;
  });

  createTitle(() => "People");

  return (
    <main class="sheet">
      <Bar back={SETTINGS} backLabel="Back to you" title="People" topic="of this Folkmoot" />
      <div class="scroll">
        <div class="column sheet-wide">
          <FindField label="Find a person" placeholder="Name or login" value={words()} onInput={setWords} />
          <div class="py-3">
            <FormProblem problem={accounts.trouble()} />
          </div>
          <ul class="ends-line">
            <For each={accounts.items()}>{(account) => <AccountLine account={account} />}</For>
          </ul>
          <Show when={accounts.items()?.length === 0}>
            <EmptyState
              icon={UsersRound}
              title="Nobody by that name"
              text="A few letters of the beginning of a name or a login are enough."
            />
          </Show>
          <More pages={accounts} />
        </div>
      </div>
    </main>
  );
}

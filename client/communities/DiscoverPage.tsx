import Compass from "lucide-solid/icons/compass";
import Plus from "lucide-solid/icons/plus";
import { createSignal, For, Match, Show, Switch } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useApi } from "#client/api/use-api.ts";
import { NEW_COMMUNITY } from "#client/paths.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { createTitle } from "#client/ui/title.ts";

import { Place } from "./Place.tsx";

/** Communities that are open to everybody, the largest first. */
export function DiscoverPage() {
  const api = useApi();
  const [words, setWords] = createSignal("");
  const found = createPages(words, async (q, after, signal) => {
    const answer = await api.discoverCommunities(
      { ...(q !== "" && { q }), ...(after !== undefined && { after }) },
      signal,
    );
    return answer.ok ? { ok: true, value: { items: answer.value.communities, next: answer.value.next } } : answer;
  });

  createTitle(() => "Discover");

  return (
    <main class="sheet">
      <Bar back="/" backLabel="Back" title="Discover communities">
        <LinkButton href={NEW_COMMUNITY} icon={Plus}>
          Create one
        </LinkButton>
      </Bar>
      <div class="scroll">
        <div class="column sheet-wide">
          <FindField
            label="Search communities"
            placeholder="What do you want to talk about?"
            value={words()}
            onInput={setWords}
          />
          <div class="py-4">
            <FormProblem problem={found.trouble()} />
          </div>
          <ul>
            <For each={found.items()}>{(community) => <Place community={community} />}</For>
          </ul>
          <Switch>
            <Match when={found.items()?.length === 0 && words() !== ""}>
              <EmptyState
                icon={Compass}
                title="Nothing by that name"
                text="Other words may find it. Communities that are by invitation only are not listed here."
              />
            </Match>
            <Match when={found.items()?.length === 0}>
              <EmptyState
                title="No open community yet"
                text="A community starts with a sentence and a few people. Yours could be the first that others find here."
              >
                <LinkButton kind="first" href={NEW_COMMUNITY}>
                  Create one
                </LinkButton>
              </EmptyState>
            </Match>
          </Switch>
          <More pages={found} />
          <Show when={(found.items()?.length ?? 0) > 0 && !found.hasMore()}>
            <p class="note muted py-4">The largest first; nobody can pay to be higher.</p>
          </Show>
        </div>
      </div>
    </main>
  );
}

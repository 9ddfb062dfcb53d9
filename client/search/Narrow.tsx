import X from "lucide-solid/icons/x";
import { For, Show } from "solid-js";

import { Icon } from "#client/ui/Icon.tsx";

import { createNarrowing } from "./create-narrowing.ts";
import { filters, termsOf, withoutTerm, withTerm, type Filter } from "./terms.ts";

interface Props {
  readonly query: string;
  readonly onChange: (query: string) => void;
}

const questions: Record<Filter, string> = {
  from: "Who wrote it? A name.",
  in: "Where? The name of a channel.",
  before: "Before which year, month or day? 2010, 2010-05 or 2010-05-01.",
  after: "From which year, month or day on? 2010, 2010-05 or 2010-05-01.",
};

/** The filters of a search, put on and taken off without knowing how they are written. */
export function Narrow(props: Props) {
  const narrowing = createNarrowing((term) => props.onChange(withTerm(props.query, term)));

  return (
    <aside class="stack note" aria-label="Narrow it">
      <div>
        <h2>Narrow it</h2>
        <div class="row-of">
          <For each={termsOf(props.query)}>
            {(term) => (
              <button
                type="button"
                class="chip on"
                aria-label={`Without ${term.filter}: ${term.value}`}
                onClick={() => props.onChange(withoutTerm(props.query, term))}
              >
                {term.filter}: <bdi>{term.value}</bdi>
                <Icon of={X} size="small" />
              </button>
            )}
          </For>
          <For each={filters}>
            {(filter) => (
              <button
                type="button"
                class="chip"
                aria-expanded={narrowing.filter() === filter}
                aria-label={`Filter ${filter}`}
                onClick={() => narrowing.begin(filter)}
              >
                {filter}:
              </button>
            )}
          </For>
        </div>
        <Show when={narrowing.filter()} keyed>
          {(filter) => (
            <form class="pt-3" onSubmit={narrowing.put}>
              <label>
                <span class="block mb-1">{questions[filter]}</span>
                <input
                  class="field"
                  dir="auto"
                  autocomplete="off"
                  list={filter === "in" ? "search-places" : undefined}
                  ref={(element) => queueMicrotask(() => element.focus())}
                  value={narrowing.value()}
                  onInput={(event) => narrowing.setValue(event.currentTarget.value)}
                  onKeyDown={(event) => event.key === "Escape" && narrowing.stop()}
                />
              </label>
              <Show when={filter === "in"}>
                <datalist id="search-places">
                  <For each={narrowing.places()}>{(name) => <option value={name} />}</For>
                </datalist>
              </Show>
            </form>
          )}
        </Show>
      </div>
    </aside>
  );
}

import CloudOff from "lucide-solid/icons/cloud-off";
import { useSearchParams } from "@solidjs/router";
import { For, Match, Show, Switch } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { Notice } from "#client/ui/Notice.tsx";
import { focusFirst, moveInList, rememberStop } from "#client/ui/roving.ts";
import { plural } from "#client/ui/times.ts";
import { createTitle } from "#client/ui/title.ts";

import { createSearch } from "./create-search.ts";
import { HitLine } from "./HitLine.tsx";
import { HowToAsk } from "./HowToAsk.tsx";
import { PageHitLine } from "./PageHitLine.tsx";
import { Narrow } from "./Narrow.tsx";
import { isMisdated } from "./terms.ts";

/** Searches what one may see. The address is the question, so that it can be sent to somebody and come back to. */
export function SearchPage() {
  const local = useLocal();
  const [params, setParams] = useSearchParams<{ q?: string }>();
  const query = () => params.q ?? "";
  const found = createSearch(useApi(), query);
  const isOffline = () =>
    found.problem()?.kind === "offline" || (local.connection().state === "offline" && query() !== "");
  let hits!: HTMLOListElement;

  createTitle(() => (query() === "" ? "Search" : `${query()} · Search`));

  const ask = (q: string) => setParams({ q }, { replace: true });

  return (
    <main class="sheet">
      <Bar back="/" backLabel="Back" title="Search" />
      <div class="scroll">
        <div class="split">
          <div onKeyDown={(event) => event.key === "ArrowDown" && hits.childElementCount > 0 && focusFirst(hits)}>
            <FindField
              label="Search messages"
              placeholder="Words, or “a phrase”"
              value={query()}
              onInput={ask}
              autofocus
            />
          </div>
          <Narrow query={query()} onChange={ask} />
          <div class="found">
            <p class="note muted py-2" role="status">
              {counted(query(), found)}
            </p>
            <Switch>
              <Match when={isOffline()}>
                <Notice icon={CloudOff}>
                  Search needs the server, which cannot be reached now. What this device holds is in its channels as
                  before; the question stays here for when you are back online.
                </Notice>
              </Match>
              <Match when={found.trouble()}>{(trouble) => <FormProblem problem={trouble()} />}</Match>
            </Switch>
            <Show when={found.pages().length > 0}>
              <ol class="hits" aria-label="Pages" onKeyDown={moveInList} onFocusIn={rememberStop}>
                <For each={found.pages()}>{(hit) => <PageHitLine hit={hit} />}</For>
              </ol>
            </Show>
            <ol ref={hits} class="hits" onKeyDown={moveInList} onFocusIn={rememberStop}>
              <For each={found.items()}>{(hit) => <HitLine hit={hit} />}</For>
            </ol>
            <More pages={found} />
            <Show when={query() === ""}>
              <HowToAsk onAsk={ask} />
            </Show>
          </div>
        </div>
      </div>
    </main>
  );
}

function counted(query: string, found: ReturnType<typeof createSearch>): string {
  const items = found.items();
  if (query === "" || items === undefined || found.problem() !== undefined) return "";
  if (items.length === 0 && found.pages().length > 0) return `${plural(found.pages().length, "page")} found`;
  if (items.length > 0)
    return found.hasMore() ? `The newest ${items.length}` : `${plural(items.length, "message")} found`;
  if (found.busy()) return "";
  return isMisdated(query)
    ? "Nothing found. Dates are written 2010, 2010-05 or 2010-05-01."
    : "Nothing found. Fewer or shorter words find more; a star stands for the rest of a word: kern*";
}

import "./admin.css";

import { useLocation } from "@solidjs/router";
import ChevronLeft from "lucide-solid/icons/chevron-left";
import { createResource, For, Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { ADMIN, SETTINGS } from "#client/paths.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { createMedia, PHONE } from "#client/ui/media.ts";
import { moveInList, rememberStop } from "#client/ui/roving.ts";

import type { AdminPage } from "./admin-page.ts";

/** The list beside the pages on which the place is run. */
export function AdminList(props: { readonly pages: readonly AdminPage[] }) {
  const api = useApi();
  const location = useLocation();
  const isPhone = createMedia(PHONE);
  const [installation] = createResource(() => api.installation());
  const name = () => {
    const known = installation.latest;
    return known?.ok === true ? known.value.name : "Folkmoot";
  };
  // The first is what opens first; a phone shows this list alone.
  const isHere = (page: string) =>
    location.pathname.split("/")[2] === page ||
    (page === props.pages[0]?.name && location.pathname === ADMIN && !isPhone());

  return (
    <nav class="list" aria-label="Administration" data-pane="list">
      <div class="list-head">
        <h2 class="grow clip" dir="auto">
          {name()}
        </h2>
      </div>
      <div class="list-body" onKeyDown={moveInList} onFocusIn={rememberStop}>
        <For each={props.pages}>
          {(page) => (
            <>
              <Show when={page.under}>{(under) => <h3>{under()}</h3>}</Show>
              <a class="chan" href={`${ADMIN}/${page.name}`} aria-current={isHere(page.name) ? "page" : undefined}>
                <Icon of={page.icon} />
                <span class="clip">{page.label}</span>
              </a>
            </>
          )}
        </For>
      </div>
      <div class="list-foot">
        <a class="chan" href={SETTINGS}>
          <Icon of={ChevronLeft} mirrors />
          Leave administration
        </a>
      </div>
    </nav>
  );
}

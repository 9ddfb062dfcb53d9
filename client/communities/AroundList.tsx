import Compass from "lucide-solid/icons/compass";
import Plus from "lucide-solid/icons/plus";
import { useLocation } from "@solidjs/router";
import { For, Show } from "solid-js";

import { communityPath, DISCOVER, NEW_COMMUNITY } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { moveInList, rememberStop } from "#client/ui/roving.ts";

/** The list beside what lies outside of one's communities. */
export function AroundList() {
  const local = useLocal();
  const location = useLocation();

  return (
    <nav class="list" aria-label="Around" data-pane="list">
      <div class="list-head">
        <h2 class="grow">Around</h2>
      </div>
      <div class="list-body" onKeyDown={moveInList} onFocusIn={rememberStop}>
        <a class="chan" href={DISCOVER} aria-current={location.pathname === DISCOVER ? "page" : undefined}>
          <Icon of={Compass} />
          <span class="clip">Discover</span>
        </a>
        <a class="chan" href={NEW_COMMUNITY}>
          <Icon of={Plus} />
          <span class="clip">Create a community</span>
        </a>
        <Show when={local.communities().length > 0}>
          <h3>Yours</h3>
          <For each={local.communities()}>
            {(community) => (
              <a class="chan" href={communityPath(community.id)}>
                <bdi class="clip">{community.name}</bdi>
              </a>
            )}
          </For>
        </Show>
      </div>
    </nav>
  );
}

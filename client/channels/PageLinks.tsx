import Plus from "lucide-solid/icons/plus";
import { useLocation } from "@solidjs/router";
import { For, Show, type JSX } from "solid-js";

import { newPagePath, pagePath, pagesPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";

/** The pages of a community as a whole, above its channels; those of channels stand in the list of all. */
export function PageLinks(props: { readonly community: MirroredCommunity }): JSX.Element {
  const local = useLocal();
  const location = useLocation();
  const all = () => local.pages.of(props.community.id);
  const shown = () => all().filter(({ channel }) => channel === undefined);
  const may = () => local.may("page.create", props.community.id);
  const here = (path: string): "page" | undefined => (location.pathname === path ? "page" : undefined);

  return (
    <Show when={all().length > 0 || may()}>
      <h3>
        Pages
        <Show when={may()}>
          <a class="tool tiny" href={newPagePath(props.community.id)} aria-label="New page" title="New page">
            <Icon of={Plus} size="small" />
          </a>
        </Show>
      </h3>
      <For each={shown()}>
        {(page) => {
          const path = pagePath(props.community.id, page.id);
          return (
            <a class="chan" href={path} aria-current={here(path)}>
              <bdi class="clip record">{page.title}</bdi>
            </a>
          );
        }}
      </For>
      <Show when={all().length > shown().length || all().length === 0}>
        <a class="chan" href={pagesPath(props.community.id)} aria-current={here(pagesPath(props.community.id))}>
          <span class="clip muted">All pages</span>
        </a>
      </Show>
    </Show>
  );
}

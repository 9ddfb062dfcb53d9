import ChevronDown from "lucide-solid/icons/chevron-down";
import ChevronRight from "lucide-solid/icons/chevron-right";
import Pin from "lucide-solid/icons/pin";
import { createSignal, For, Show, type JSX } from "solid-js";

import { pagePath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { LinkButton } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { createMedia, PHONE } from "#client/ui/media.ts";
import type { MirroredChannel, MirroredPage } from "#shared/entries/kinds/mirror.ts";

import { createBody, createOpenPage } from "./create-open-page.ts";
import { Prose } from "./Prose.tsx";

/** What is pinned to a channel, on top of it. A phone shows the titles; a page opens with a press. */
export function PinnedPages(props: { readonly channel: MirroredChannel }): JSX.Element {
  const local = useLocal();
  const pinned = () =>
    local.pages.of(props.channel.community).filter(({ channel, pinned: on }) => on && channel === props.channel.id);

  return (
    <Show when={pinned().length > 0}>
      <section class="pins" aria-label="Pinned pages">
        <For each={pinned().map(({ id }) => id)}>
          {(id) => <Show when={local.pages.find(id)}>{(page) => <PinnedPage page={page()} />}</Show>}
        </For>
      </section>
    </Show>
  );
}

function PinnedPage(props: { readonly page: MirroredPage }): JSX.Element {
  const local = useLocal();
  const isPhone = createMedia(PHONE);
  const { id, community } = props.page;
  const open = createOpenPage(local, id);
  const body = createBody(() => open()?.doc());
  const remembered = localStorage.getItem(keyOf(id));
  const [choice, setChoice] = createSignal(remembered === null ? undefined : remembered === "open");
  // A phone has no room for it before somebody asks.
  const isOpen = () => choice() ?? !isPhone();

  function toggle(): void {
    const next = !isOpen();
    localStorage.setItem(keyOf(id), next ? "open" : "closed");
    setChoice(next);
  }

  return (
    <div>
      <h2 class="pin-head">
        <button type="button" class="grow" aria-expanded={isOpen()} onClick={toggle}>
          <Icon of={isOpen() ? ChevronDown : ChevronRight} size="small" mirrors />
          <bdi class="clip">{props.page.title}</bdi>
          <Icon of={Pin} size="small" />
        </button>
        <LinkButton kind="plain" href={pagePath(community, id)}>
          Open<span class="hush"> {props.page.title}</span>
        </LinkButton>
      </h2>
      <Show when={isOpen()}>
        <article class="prose">
          <Show when={body().content.length > 0} fallback={<p class="muted">Nothing stands here yet.</p>}>
            <Prose body={body()} />
          </Show>
        </article>
      </Show>
    </div>
  );
}

const keyOf = (page: string): string => `folkmoot-pin-${page}`;

import Ellipsis from "lucide-solid/icons/ellipsis";
import Pin from "lucide-solid/icons/pin";
import Plus from "lucide-solid/icons/plus";
import { useParams } from "@solidjs/router";
import { createSignal, For, Show, type JSX } from "solid-js";

import { MutedNotice } from "#client/order/MutedNotice.tsx";
import { communityPath, newPagePath, pagePath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { createTitle } from "#client/ui/title.ts";
import { Tool } from "#client/ui/Tool.tsx";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import type { CommunityId } from "#shared/ids.ts";

import { PageMenu } from "./PageMenu.tsx";

/** All pages of a community that one may read. */
export function PagesPage(): JSX.Element {
  const local = useLocal();
  const params = useParams<{ community: CommunityId }>();
  const pages = () => local.pages.of(params.community);
  const may = () => local.may("page.create", params.community);
  createTitle(() => "Pages");

  return (
    <main class="sheet">
      <Bar back={communityPath(params.community)} backLabel="Back to channels" title="Pages">
        <Show when={may()}>
          <LinkButton kind="first" icon={Plus} href={newPagePath(params.community)}>
            New page
          </LinkButton>
        </Show>
      </Bar>
      <MutedNotice community={params.community} action="page.create" target={{ place: "community" }} />
      <div class="scroll">
        <Show
          when={pages().length > 0}
          fallback={
            <EmptyState
              title="No page yet."
              text={
                may()
                  ? "What is asked again and again, what holds here, what one should know first: write it once, together, and pin it."
                  : "What the moderators here settle, and what is worth keeping, will stand here."
              }
            />
          }
        >
          <ol class="column ends-line">
            <For each={pages()}>{(page) => <PageLine page={page} />}</For>
          </ol>
        </Show>
      </div>
    </main>
  );
}

function PageLine(props: { readonly page: MirroredPage }): JSX.Element {
  const local = useLocal();
  const [menuAt, setMenuAt] = createSignal<HTMLElement>();
  const channel = () => props.page.channel && local.channel(props.page.channel);
  const says = () => {
    const place = channel();
    const kind = { post: "", guidelines: "guidelines", wiki: "wiki" }[props.page.kind];
    return [kind, place === undefined ? "" : `in ${place.name}`].filter(Boolean).join(", ");
  };

  return (
    <li class="setting">
      <div class="min-w-0">
        <p class="row-of">
          <a class="clip record" dir="auto" href={pagePath(props.page.community, props.page.id)}>
            {props.page.title}
          </a>
          <Show when={props.page.pinned}>
            <Icon of={Pin} size="small" />
            <span class="hush">pinned</span>
          </Show>
        </p>
        <p class="note muted clip" dir="auto">
          {says()}
        </p>
      </div>
      <Tool
        label={`What can be done with ${props.page.title}`}
        icon={Ellipsis}
        aria-haspopup="menu"
        onClick={(event) => setMenuAt(event.currentTarget)}
      />
      <Show when={menuAt()} keyed>
        {(at) => <PageMenu page={props.page} at={at} onClose={() => setMenuAt(undefined)} />}
      </Show>
    </li>
  );
}

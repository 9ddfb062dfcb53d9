import FileText from "lucide-solid/icons/file-text";
import { For, Show, type JSX } from "solid-js";

import { pagePath } from "#client/paths.ts";
import { placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { PageHit } from "#shared/protocol/http/search.ts";

/** A page that was found, and the way to it. */
export function PageHitLine(props: { readonly hit: PageHit }): JSX.Element {
  const local = useLocal();
  const place = () => props.hit.channel && local.channel(props.hit.channel);

  return (
    <li class="hit">
      <Icon of={FileText} size="big" />
      <div class="row-of">
        <a class="clip record" dir="auto" href={pagePath(props.hit.community, props.hit.page)}>
          {props.hit.title}
        </a>
        <span class="note muted">
          page<Show when={place()}>{(channel) => <bdi>, {placeName(local, channel())}</bdi>}</Show>
        </span>
      </div>
      <p class="words" dir="auto">
        <For each={props.hit.snippet}>{(piece) => (piece.mark ? <mark>{piece.text}</mark> : piece.text)}</For>
      </p>
    </li>
  );
}

import ArrowRight from "lucide-solid/icons/arrow-right";
import { For, Show } from "solid-js";

import { messagePath } from "#client/paths.ts";
import { placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { sayDay } from "#client/ui/say-time.ts";
import { Seat } from "#client/ui/Seat.tsx";
import type { Hit } from "#shared/protocol/http/search.ts";

/** A message that was found, and the way to it among its neighbours. */
export function HitLine(props: { readonly hit: Hit }) {
  const local = useLocal();
  const author = () => local.profile(props.hit.author);
  const place = () => local.channel(props.hit.channel);

  return (
    <li class="hit">
      <Seat id={author().id} name={author().name} />
      <div class="row-of">
        <b class="clip" dir="auto">
          {author().name || "…"}
        </b>
        <span class="note muted">
          <Show when={place()}>{(place) => <bdi>{placeName(local, place())}, </bdi>}</Show>
          <time datetime={new Date(props.hit.at).toISOString()}>{sayDay(props.hit.at)}</time>
        </span>
      </div>
      <p class="words" dir="auto">
        <For each={props.hit.snippet}>{(piece) => (piece.mark ? <mark>{piece.text}</mark> : piece.text)}</For>
      </p>
      <Show when={place()}>
        {(place) => (
          <a
            class="button plain jump"
            href={messagePath(place(), props.hit)}
            aria-label={`Jump to the message by ${author().name}`}
          >
            <span class="not-phone">Jump</span>
            <span class="only-phone">
              <Icon of={ArrowRight} mirrors />
            </span>
          </a>
        )}
      </Show>
    </li>
  );
}

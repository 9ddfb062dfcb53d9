import { For, Show, type JSX } from "solid-js";

import { Seat } from "#client/ui/Seat.tsx";
import { spokenTime, timeOfDay } from "#client/ui/times.ts";
import type { CaseMessage, ModerationCase } from "#shared/protocol/http/moderation.ts";

/** What was said, with what was said around it. */
export function Excerpt(props: { readonly details: ModerationCase }): JSX.Element {
  const isAim = ({ id }: CaseMessage) => props.details.case.endsWith(id);
  const startsAt = (index: number) =>
    props.details.messages[index - 1]?.author.id !== props.details.messages[index]?.author.id;

  return (
    <Show when={props.details.messages.length > 0}>
      <div class="excerpt">
        <For each={props.details.messages}>
          {(message, index) => (
            <article
              class="row"
              classList={{ starts: startsAt(index()), aim: isAim(message) }}
              aria-label={`${message.author.name}, ${spokenTime(message.at)}`}
            >
              <Show when={startsAt(index())}>
                <Seat id={message.author.id} name={message.author.name} />
                <div class="who">
                  <b class="clip" dir="auto">
                    {message.author.name}
                  </b>
                </div>
              </Show>
              <div class="margin">
                <time>{timeOfDay(message.at)}</time>
              </div>
              <div class="words" dir="auto">
                <Show when={message.kind === "message"} fallback={<i class="muted">Removed by its author</i>}>
                  {message.body}
                  <Show when={message.hidden}>
                    {(hidden) => (
                      <p class="note muted">
                        Hidden by <bdi>{hidden().by.name}</bdi>
                        {hidden().reason === "" ? "" : ": "}
                        <bdi>{hidden().reason}</bdi>
                      </p>
                    )}
                  </Show>
                </Show>
              </div>
            </article>
          )}
        </For>
      </div>
    </Show>
  );
}

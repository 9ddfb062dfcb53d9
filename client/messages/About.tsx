import X from "lucide-solid/icons/x";
import { For, onCleanup, onMount, Show, type JSX } from "solid-js";

import { groupPath, manageChannelPath, membersPath } from "#client/paths.ts";
import { nameOf } from "#client/sync/names.ts";
import { LinkButton } from "#client/ui/Button.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import { Tool } from "#client/ui/Tool.tsx";
import { count } from "#client/ui/times.ts";

import { useTalk } from "./use-talk.ts";

interface Props {
  /** It lies over the talk, and closes like everything that does. */
  readonly floats: boolean;
  readonly onClose: () => void;
}

/** Beside the talk: what it is about, and who is there. */
export function About(props: Props): JSX.Element {
  const talk = useTalk();
  const place = talk.place();
  const presence = () => talk.timeline.presence();
  const isOffline = () => talk.local.connection().state !== "online";
  let element!: HTMLElement;

  onMount(() => {
    if (!props.floats) return;
    const before = document.activeElement;
    element.querySelector<HTMLElement>("button, a")?.focus();
    onCleanup(() => before instanceof HTMLElement && before.focus());
  });

  return (
    <>
      <Show when={props.floats}>
        <div class="scrim" onClick={() => props.onClose()} />
      </Show>
      <aside
        ref={element}
        class="aside"
        aria-label={`About ${talk.name()}`}
        data-pane="aside"
        onKeyDown={(event) => event.key === "Escape" && props.floats && props.onClose()}
      >
        <Show when={props.floats}>
          <div class="row-of far">
            <h2 class="title">
              <bdi>{talk.name()}</bdi>
            </h2>
            <Tool label="Close" icon={X} onClick={() => props.onClose()} />
          </div>
        </Show>
        <Show when={place.of === "channel" && place.topic}>
          {(topic) => (
            <section>
              <h2 class="of">Topic</h2>
              <p dir="auto">{topic()}</p>
            </section>
          )}
        </Show>
        <Show when={place.of === "conversation" && place.kind !== "saved" && place.participants}>
          {(people) => (
            <People title="In this conversation" count={people().length} people={people()} here={presence().some} />
          )}
        </Show>
        <Show when={place.of === "conversation" && place.kind === "group"}>
          <LinkButton kind="plain" class="pull" href={groupPath(place.id)}>
            Name, people and leaving
          </LinkButton>
        </Show>
        <Show when={place.of === "channel" && presence().online > 0}>
          <People
            title={isOffline() ? "Here when you last heard" : "Here"}
            count={presence().online}
            people={presence().some}
            here={presence().some}
          />
        </Show>
        <Show when={place.of === "conversation" && place.kind === "saved"}>
          <p class="muted">
            A conversation with yourself: links to messages you saved, and whatever you want to keep. It is on all your
            devices.
          </p>
        </Show>
        <Show when={place.of === "channel" && place.community}>
          {(community) => (
            <p class="row-of pull">
              <LinkButton kind="plain" href={membersPath(community())}>
                All members
              </LinkButton>
              <Show when={talk.local.may("channel.let-in", place.id)}>
                <LinkButton kind="plain" href={manageChannelPath(community(), place.id)}>
                  Channel settings
                </LinkButton>
              </Show>
            </p>
          )}
        </Show>
      </aside>
    </>
  );
}

interface PeopleProps {
  readonly title: string;
  readonly count: number;
  readonly people: readonly Parameters<typeof nameOf>[1][];
  readonly here: readonly string[];
}

function People(props: PeopleProps): JSX.Element {
  const talk = useTalk();

  return (
    <section>
      <h2 class="of">
        {props.title} <span>{count(props.count)}</span>
      </h2>
      <ul>
        <For each={props.people}>
          {(person) => (
            <li class="person">
              <Seat
                id={person}
                name={nameOf(talk.local, person)}
                size={1.5}
                state={props.here.includes(person) ? "here" : undefined}
              />
              <bdi class="clip">{nameOf(talk.local, person)}</bdi>
              <Show when={person === talk.local.me().id}>
                <span class="mark muted">you</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

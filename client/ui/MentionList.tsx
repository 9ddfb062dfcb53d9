import { For, type JSX } from "solid-js";

import { Seat } from "./Seat.tsx";

import type { Person } from "./mentions.ts";

interface Props {
  readonly id: string;
  readonly people: readonly Person[];
  readonly active: number;
  readonly onChoose: (person: Person) => void;
}

/** People whose name fits what is being typed. The focus stays in the text. */
export const MentionList = (props: Props): JSX.Element => (
  <div class="mention-list">
    <ul id={props.id} role="listbox" aria-label="People">
      <For each={props.people}>
        {(person, index) => (
          <li
            id={`${props.id}-${index()}`}
            role="option"
            class="option"
            classList={{ on: index() === props.active }}
            aria-selected={index() === props.active}
            // Before the text loses the focus: a click must not close the list that it chooses from.
            on:pointerdown={(event) => {
              event.preventDefault();
              props.onChoose(person);
            }}
          >
            <Seat id={person.id} name={person.name} size={1.5} />
            <bdi class="clip">{person.name}</bdi>
          </li>
        )}
      </For>
    </ul>
    <p class="hush" role="status">
      {props.people.length === 1 ? "One person fits" : `${props.people.length} people fit`}. Arrow keys choose.
    </p>
  </div>
);

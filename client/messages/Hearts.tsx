import { For, type JSX } from "solid-js";

import { nameOf, namesOf } from "#client/sync/names.ts";
import type { Row } from "#shared/entries/row.ts";

import { reactionName } from "./reactions.ts";
import { useTalk } from "./use-talk.ts";

type Reaction = Row["reactions"][number];

/** How many names are told; the rest is a number. */
const NAMED = 6;

/** Reactions to a message; mine can be taken back. */
export function Hearts(props: { readonly row: Row }): JSX.Element {
  const talk = useTalk();
  const me = () => talk.local.me().id;
  const label = ({ key, by }: Reaction) =>
    `${reactionName(key)}: ${namesOf(
      by.slice(0, NAMED).map((person) => nameOf(talk.local, person)),
      by.length - NAMED,
    )}`;

  // Compared by sign: a chip that is pressed must stay the element that has the focus.
  const keys = () => props.row.reactions.map(({ key }) => key);
  const reaction = (key: string): Reaction => props.row.reactions.find((one) => one.key === key) ?? { key, by: [] };
  const mine = (key: string) => reaction(key).by.includes(me());

  return (
    <div class="hearts">
      <For each={keys()}>
        {(key) => (
          <button
            type="button"
            class="chip"
            classList={{ on: mine(key) }}
            aria-pressed={mine(key)}
            aria-label={`${key} ${reaction(key).by.length}, ${label(reaction(key))}`}
            title={label(reaction(key))}
            onClick={() => talk.toggle(props.row, key)}
          >
            <span class="emoji">{key}</span> {reaction(key).by.length}
          </button>
        )}
      </For>
    </div>
  );
}

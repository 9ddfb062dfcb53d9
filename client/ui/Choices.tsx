import Check from "lucide-solid/icons/check";
import { createUniqueId, For, Show, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly note?: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few that need a word of explanation each. */
export function Choices<Value extends string>(props: Props<Value>): JSX.Element {
  const name = createUniqueId();

  return (
    <fieldset>
      <legend class="font-firm mb-1">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label class="choice">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <span class="dot-check" aria-hidden="true" />
            <span>{option.label}</span>
            <Show when={option.note}>{(note) => <span class="note">{note()}</span>}</Show>
          </label>
        )}
      </For>
    </fieldset>
  );
}

/** Yes or no, with the words beside it. */
export const Checkbox = (props: {
  readonly label: JSX.Element;
  readonly note?: JSX.Element;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): JSX.Element => (
  <label class="choice">
    <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.currentTarget.checked)} />
    <span class="check" aria-hidden="true">
      <Icon of={Check} size="small" />
    </span>
    <span>{props.label}</span>
    <Show when={props.note}>{(note) => <span class="note">{note()}</span>}</Show>
  </label>
);

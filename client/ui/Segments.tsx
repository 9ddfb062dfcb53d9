import { createUniqueId, For, type JSX } from "solid-js";

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few words, side by side. */
export function Segments<Value extends string>(props: Props<Value>): JSX.Element {
  const name = createUniqueId();

  return (
    <fieldset class="segments">
      <legend class="hush">{props.label}</legend>
      <For each={props.options}>
        {(option) => (
          <label>
            <input
              class="hush"
              type="radio"
              name={name}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        )}
      </For>
    </fieldset>
  );
}

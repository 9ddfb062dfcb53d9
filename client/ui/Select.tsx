import ChevronDown from "lucide-solid/icons/chevron-down";
import { createUniqueId, For, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Props<Value extends string> {
  readonly label: JSX.Element;
  /** The label is only read aloud, where the place says it already. */
  readonly quiet?: boolean;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

/** One of a few. The platform's own control: it knows every keyboard, finger and screen reader already. */
export function Select<Value extends string>(props: Props<Value>): JSX.Element {
  const id = createUniqueId();

  return (
    <div>
      <label class={props.quiet === true ? "hush" : "over"} for={id}>
        {props.label}
      </label>
      <span class="select">
        <select
          id={id}
          class="field"
          disabled={props.disabled === true}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value as Value)}
        >
          <For each={props.options}>
            {(option) => (
              <option value={option.value} selected={option.value === props.value}>
                {option.label}
              </option>
            )}
          </For>
        </select>
        <Icon of={ChevronDown} />
      </span>
    </div>
  );
}

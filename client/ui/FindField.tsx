import Search from "lucide-solid/icons/search";
import X from "lucide-solid/icons/x";
import { createUniqueId, Show, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";
import { Tool } from "./Tool.tsx";

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly autofocus?: boolean;
}

/** A field one looks for something with; what is found stands below it. */
export function FindField(props: Props): JSX.Element {
  const id = createUniqueId();
  let input!: HTMLInputElement;

  return (
    <div class="big-find" role="search">
      <label class="hush" for={id}>
        {props.label}
      </label>
      <Icon of={Search} />
      <input
        ref={input}
        id={id}
        type="search"
        dir="auto"
        class="grow bare"
        placeholder={props.placeholder}
        autocomplete="off"
        autofocus={props.autofocus === true}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <Show when={props.value !== ""}>
        <Tool
          label="Clear"
          icon={X}
          onClick={() => {
            props.onInput("");
            input.focus();
          }}
        />
      </Show>
    </div>
  );
}

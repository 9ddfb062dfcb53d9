import type { JSX } from "solid-js";

/** On or off, at once. */
export const Switch = (props: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}): JSX.Element => (
  <input
    class="switch"
    type="checkbox"
    role="switch"
    aria-label={props.label}
    checked={props.on}
    onChange={(event) => props.onChange(event.currentTarget.checked)}
  />
);

import type { LucideIcon } from "lucide-solid";
import type { JSX } from "solid-js";
import { Dynamic } from "solid-js/web";

interface Props {
  readonly of: LucideIcon;
  readonly size?: "small" | "big";
  /** Points the other way where text runs from right to left. */
  readonly mirrors?: boolean;
}

/** A drawing beside a word, or inside something that has a label: never read aloud. */
export const Icon = (props: Props): JSX.Element => (
  <Dynamic
    component={props.of}
    class={`i ${props.size ?? ""} ${props.mirrors === true ? "mirrors" : ""}`}
    aria-hidden="true"
  />
);

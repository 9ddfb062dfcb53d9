import type { LucideIcon } from "lucide-solid";
import { Show, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";

import { Icon } from "./Icon.tsx";
import { Ring } from "./Ring.tsx";

interface Props {
  /** The ring of seats where nothing is given. */
  readonly icon?: LucideIcon;
  readonly title: JSX.Element;
  readonly text: JSX.Element;
  /** It is all that this page says: its title is the page's. */
  readonly alone?: boolean;
  /** Buttons: one next step, perhaps a second. */
  readonly children?: JSX.Element;
}

/** What stands where nothing is yet, or where something went wrong: what it is, and one next step. */
export const EmptyState = (props: Props): JSX.Element => (
  <div class="middle stack" style={{ "--gap": "var(--space-3)" }}>
    <Show when={props.icon} fallback={<Ring size={72} />}>
      {(icon) => <Icon of={icon()} size="big" />}
    </Show>
    <Dynamic component={props.alone === true ? "h1" : "h2"} class="title">
      {props.title}
    </Dynamic>
    <p class="muted">{props.text}</p>
    <div class="row-of pt-1">{props.children}</div>
  </div>
);

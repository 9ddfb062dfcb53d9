import type { LucideIcon } from "lucide-solid";
import { Show, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Props {
  readonly kind?: "danger" | "warning" | "device";
  readonly icon: LucideIcon;
  readonly title?: JSX.Element;
  readonly children?: JSX.Element;
}

/** A fact that stays until it is no longer true. */
export const Notice = (props: Props): JSX.Element => (
  <div class={`tell-box ${props.kind ?? ""}`}>
    <Icon of={props.icon} />
    <div class="grow">
      <Show when={props.title}>{(title) => <b>{title()}</b>}</Show>
      <div class="note">{props.children}</div>
    </div>
  </div>
);

import Check from "lucide-solid/icons/check";
import { Show, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

/** That something was taken, said beside what was pressed and read aloud. */
export const Saved = (props: { readonly when: boolean; readonly children: JSX.Element }) => (
  <div role="status">
    <Show when={props.when}>
      <p class="says success">
        <Icon of={Check} size="small" />
        <span>{props.children}</span>
      </p>
    </Show>
  </div>
);

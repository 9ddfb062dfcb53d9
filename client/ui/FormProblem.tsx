import CircleX from "lucide-solid/icons/circle-x";
import { Show } from "solid-js";

import { Icon } from "./Icon.tsx";

/** Why the whole of a form or a list could not be taken or had; read out as it appears. */
export const FormProblem = (props: { readonly text: string | undefined }) => (
  <Show when={props.text}>
    <p class="tell-box danger note" role="alert">
      <Icon of={CircleX} />
      <span>{props.text}</span>
    </p>
  </Show>
);

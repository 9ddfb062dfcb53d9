import CircleX from "lucide-solid/icons/circle-x";
import CloudOff from "lucide-solid/icons/cloud-off";
import { Show, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Props {
  /** `calm`: nothing was refused, there is only no network. */
  readonly problem: { readonly text: string; readonly calm: boolean } | undefined;
}

/** Why the whole of a form or a list could not be taken or had; read out as it appears. */
export const FormProblem = (props: Props): JSX.Element => (
  <Show when={props.problem}>
    {(problem) => (
      <p class="tell-box note" classList={{ danger: !problem().calm }} role="alert">
        <Icon of={problem().calm ? CloudOff : CircleX} />
        <span>{problem().text}</span>
      </p>
    )}
  </Show>
);

import CircleX from "lucide-solid/icons/circle-x";
import { Show } from "solid-js";

/** Why the whole of a form or a list could not be taken or had; read out as it appears. */
export function FormProblem(props: { readonly text: string | undefined }) {
  return (
    <div role="alert">
      <Show when={props.text}>
        <p class="tell-box danger note">
          <CircleX class="i" aria-hidden="true" />
          <span>{props.text}</span>
        </p>
      </Show>
    </div>
  );
}

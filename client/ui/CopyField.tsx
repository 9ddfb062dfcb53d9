import Copy from "lucide-solid/icons/copy";
import { createEffect, createSignal, createUniqueId, on, type JSX } from "solid-js";

import { Button } from "./Button.tsx";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly hint?: JSX.Element;
}

/** Something to take along, such as a link. */
export function CopyField(props: Props): JSX.Element {
  const id = createUniqueId();
  const [copied, setCopied] = createSignal(false);
  let input!: HTMLInputElement;

  createEffect(
    on(
      () => props.value,
      () => setCopied(false),
    ),
  );

  async function copy(): Promise<void> {
    input.select();
    // Without a secure context there is no clipboard; the selected text is then one key away.
    setCopied(
      (await (navigator.clipboard as Clipboard | undefined)?.writeText(props.value).then(
        () => true,
        () => false,
      )) ?? false,
    );
  }

  return (
    <div>
      <label class="over" for={id}>
        {props.label}
      </label>
      <div class="row-of flex-nowrap">
        <input
          ref={input}
          id={id}
          class="field font-code"
          readonly
          dir="ltr"
          value={props.value}
          onFocus={() => input.select()}
          aria-describedby={`${id}-note`}
        />
        <Button icon={Copy} onClick={() => void copy()}>
          {copied() ? "Copied" : "Copy"}
        </Button>
      </div>
      <p id={`${id}-note`} class="hint">
        {props.hint}
      </p>
      <p class="hush" role="status">
        {copied() ? "Copied." : ""}
      </p>
    </div>
  );
}

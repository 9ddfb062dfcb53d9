import Copy from "lucide-solid/icons/copy";
import { createEffect, createSignal, createUniqueId, on, type JSX } from "solid-js";

import { Button } from "./Button.tsx";
import { copy } from "./copy.ts";

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

  async function take(): Promise<void> {
    setCopied(await copy(props.value));
    input.select();
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
        <Button icon={Copy} onClick={() => void take()}>
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

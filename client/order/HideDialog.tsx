import { createSignal, onMount, type JSX } from "solid-js";

import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { MAX_REASON } from "#shared/entries/limits.ts";

interface Props {
  readonly title: string;
  /** Is closed before. */
  readonly onHide: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why something is to be hidden. */
export function HideDialog(props: Props): JSX.Element {
  const [reason, setReason] = createSignal("");

  function hide(event: SubmitEvent): void {
    event.preventDefault();
    // Once it is closed its props are those of nobody.
    const { onHide } = props;
    props.onClose();
    onHide(reason().trim());
  }

  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form class="stack" onSubmit={hide}>
        <p class="muted">
          It stays in its place under a veil with your name and reason. Who wants to can still look at it.
        </p>
        <div>
          <label class="over" for="hide-reason">
            Reason
          </label>
          <input
            id="hide-reason"
            class="field"
            dir="auto"
            maxlength={MAX_REASON}
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
            ref={(element) => onMount(() => element.focus())}
          />
          <p class="hint">One line that everybody here will read.</p>
        </div>
        <div class="deciding">
          <Button onClick={() => props.onClose()}>Leave it</Button>
          <Button kind="danger first" type="submit">
            Hide
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

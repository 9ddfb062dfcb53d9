import { createSignal, For, Match, onMount, Switch, type JSX } from "solid-js";

import { MeasureDialog } from "#client/order/MeasureDialog.tsx";
import { nameOf } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { MAX_REASON } from "#shared/entries/limits.ts";
import type { CommunityId } from "#shared/ids.ts";

import { deskName } from "./create-details.ts";
import type { Queue } from "./create-queue.ts";
import { queueKeys } from "./queue-keys.ts";

interface Props {
  readonly queue: Queue;
  readonly community: CommunityId;
}

/** What the queue asks before it does something. */
export function QueueQuestions(props: Props): JSX.Element {
  const local = useLocal();
  const close = () => props.queue.ask(undefined);
  const measured = () => {
    const asked = props.queue.asking();
    const one = props.queue.current();
    if (one === undefined || asked === undefined || asked === "hide" || asked === "keys") return undefined;
    return { kind: asked, about: one.case, person: { id: one.about, name: nameOf(local, one.about) } };
  };

  return (
    <Switch>
      <Match when={props.queue.asking() === "hide"}>
        <HideCases queue={props.queue} onClose={close} />
      </Match>
      <Match when={measured()} keyed>
        {(measure) => (
          <MeasureDialog
            {...measure}
            desk={deskName(props.community)}
            onDone={() => void props.queue.details.reload()}
            onClose={close}
          />
        )}
      </Match>
      <Match when={props.queue.asking() === "keys"}>
        <Dialog title="Keys of the queue" onClose={close}>
          <dl class="facts">
            <For each={queueKeys}>
              {([key, what]) => (
                <>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </>
              )}
            </For>
          </dl>
        </Dialog>
      </Match>
    </Switch>
  );
}

function HideCases(props: { readonly queue: Queue; readonly onClose: () => void }): JSX.Element {
  const [reason, setReason] = createSignal("");
  // As they were marked when one was asked.
  const cases = props.queue.meant();

  return (
    <Dialog
      title={cases.length === 1 ? "Hide this message?" : `Hide ${cases.length} messages?`}
      onClose={props.onClose}
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          props.onClose();
          void props.queue.hide(cases, reason().trim());
        }}
      >
        <p class="muted">
          It stays in its place under a veil with your name and reason. Who wants to can still look at it.
        </p>
        <div>
          <label class="over" for="hide-cases">
            Reason
          </label>
          <input
            id="hide-cases"
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

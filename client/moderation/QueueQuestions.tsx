import { createMemo, For, Match, on, Switch, type JSX } from "solid-js";

import { HideDialog } from "#client/order/HideDialog.tsx";
import { MeasureDialog } from "#client/order/MeasureDialog.tsx";
import { nameOf } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
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
  // About the case that was looked at when it was asked, whatever comes into the queue meanwhile.
  const measured = createMemo(
    on(
      () => props.queue.asking(),
      (asked) => {
        const one = props.queue.current();
        if (one === undefined || asked === undefined || asked === "hide" || asked === "keys") return undefined;
        return { kind: asked, about: one.case, person: { id: one.about, name: nameOf(local, one.about) } };
      },
    ),
  );

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
  // As they were marked when one was asked.
  const { queue } = props;
  const cases = queue.meant();

  return (
    <HideDialog
      title={cases.length === 1 ? "Hide this message?" : `Hide ${cases.length} messages?`}
      onHide={(reason) => void queue.hide(cases, reason)}
      onClose={props.onClose}
    />
  );
}

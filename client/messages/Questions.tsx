import { For, Match, Switch, type JSX } from "solid-js";

import { HideDialog } from "#client/order/HideDialog.tsx";
import { ReportDialog } from "#client/order/ReportDialog.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { say } from "#client/ui/toasts.ts";
import { spokenTime } from "#client/ui/times.ts";
import type { Row } from "#shared/entries/row.ts";

import type { Asking } from "./create-talk.ts";
import { EmojiPicker } from "./EmojiPicker.tsx";
import { Body } from "./Body.tsx";
import { refOf, useTalk } from "./use-talk.ts";

interface Props {
  readonly row: Row;
  readonly onClose: () => void;
}

/** What is asked or shown about one message. */
export const Questions = (props: Props & { readonly about: Asking }): JSX.Element => (
  <Switch>
    <Match when={props.about === "react"}>
      <ReactPicker {...props} />
    </Match>
    <Match when={props.about === "hide"}>
      <HideMessage {...props} />
    </Match>
    <Match when={props.about === "retract"}>
      <RetractDialog {...props} />
    </Match>
    <Match when={props.about === "history"}>
      <HistoryDialog {...props} />
    </Match>
    <Match when={props.about === "report"}>
      <ReportMessage {...props} />
    </Match>
  </Switch>
);

function ReactPicker(props: Props): JSX.Element {
  const talk = useTalk();
  const row = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(props.row.key)}"]`);

  return (
    <EmojiPicker
      at={row?.querySelector<HTMLElement>(".acts") ?? row ?? document.body}
      onChoose={(key) => talk.toggle(props.row, key)}
      onClose={props.onClose}
    />
  );
}

function HideMessage(props: Props): JSX.Element {
  const talk = useTalk();

  function hide(reason: string): void {
    const of = refOf(props.row);
    const undo = { label: "Undo", do: () => void talk.local.restore(talk.place().id, of) };
    talk.local.hide(talk.place().id, of, reason).then(
      () => say("Message hidden. Everybody can read why.", undo),
      () => say("This device could not keep that. Nothing was changed."),
    );
  }

  return <HideDialog title="Hide this message?" onHide={hide} onClose={props.onClose} />;
}

function RetractDialog(props: Props): JSX.Element {
  const talk = useTalk();

  function retract(): void {
    talk.local
      .retract(talk.place().id, refOf(props.row))
      .catch(() => say("This device could not keep that. Nothing was changed."));
    props.onClose();
  }

  return (
    <Dialog title="Retract this message?" onClose={props.onClose}>
      <blockquote class="well talk-words" dir="auto">
        <Body body={props.row.body} mentions={talk.mentioned(props.row)} me={talk.local.me().id} />
      </blockquote>
      <p class="muted pt-3">
        Its text is erased from the server and from everybody's devices. Others see that it was removed by its author.
      </p>
      <div class="deciding">
        <Button onClick={() => props.onClose()}>Keep it</Button>
        <Button kind="danger first" onClick={retract}>
          Retract
        </Button>
      </div>
    </Dialog>
  );
}

function ReportMessage(props: Props): JSX.Element {
  const talk = useTalk();
  const { author, id } = refOf(props.row);
  const target = { of: "message", channel: talk.place().id, author, id } as const;
  return <ReportDialog target={target} what="this message" onClose={props.onClose} />;
}

function HistoryDialog(props: Props): JSX.Element {
  const talk = useTalk();
  const wordings = () =>
    [...props.row.history, { at: props.row.edited ?? props.row.at, body: props.row.body }].toReversed();

  return (
    <Dialog title="Earlier text" onClose={props.onClose}>
      <ol class="stack">
        <For each={wordings()}>
          {(wording, index) => (
            <li>
              <p class="mark muted pb-1">
                <time>{spokenTime(wording.at)}</time>
                {index() === 0
                  ? ", as it reads now"
                  : index() === wordings().length - 1
                    ? ", as it was first written"
                    : ""}
              </p>
              <blockquote class="well talk-words" dir="auto">
                <Body body={wording.body} mentions={talk.mentioned(props.row)} me={talk.local.me().id} />
              </blockquote>
            </li>
          )}
        </For>
      </ol>
    </Dialog>
  );
}

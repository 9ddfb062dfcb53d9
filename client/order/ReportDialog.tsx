import { createSignal, Show, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Choices } from "#client/ui/Choices.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { TextArea } from "#client/ui/Field.tsx";
import { say } from "#client/ui/toasts.ts";
import { sayMoment } from "#client/ui/say-time.ts";
import type { Ground, Reported } from "#shared/entries/kinds/report.ts";
import { MAX_NOTE } from "#shared/entries/limits.ts";

import { createTold, openReport, report, withdraw } from "./create-told.ts";

interface Props {
  readonly target: Reported;
  /** What it is, as the title says it: "this message", "Bob". */
  readonly what: JSX.Element;
  readonly onClose: () => void;
}

const choices: readonly { readonly value: Ground; readonly label: string; readonly note?: string }[] = [
  { value: "unkind", label: "Unkind", note: "Insults, threatens or makes fun of somebody" },
  { value: "harmful", label: "Harmful", note: "Somebody could be hurt, or lose something" },
  { value: "private", label: "Tells something private" },
  { value: "spam", label: "Spam" },
  { value: "off-topic", label: "Off topic" },
  { value: "other", label: "Something else" },
];

const keep = (act: Promise<void>, words: string): Promise<void> =>
  act.then(
    () => say(words),
    () => say("This device could not keep that. Nothing was changed."),
  );

/** Tells those who keep order here that something should be looked at. Nobody else learns of it. */
export function ReportDialog(props: Props): JSX.Element {
  const local = useLocal();
  const told = createTold(local);
  const mine = () => openReport(told(), props.target);
  const [ground, setGround] = createSignal<Ground>("unkind");
  const [note, setNote] = createSignal("");

  function send(): void {
    const isOffline = local.connection().state !== "online";
    const words = isOffline
      ? "Reported on this device. It leaves when you are online."
      : "Reported. You are told what comes of it.";
    props.onClose();
    void keep(report(local, props.target, ground(), note().trim()), words);
  }

  function takeBack(before: Ground): void {
    props.onClose();
    void keep(withdraw(local, props.target, before), "Your report is taken back.");
  }

  return (
    <Dialog title={<>Report {props.what}</>} onClose={props.onClose}>
      <Show
        when={mine()}
        keyed
        fallback={
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              send();
            }}
          >
            <p class="muted">
              Only those who keep order here see it, and that it was you.{" "}
              {props.target.of === "page" ? "Who wrote there last does not." : "The author does not."}
            </p>
            <Choices label="What is wrong with it?" value={ground()} options={choices} onChange={setGround} />
            <TextArea
              label="Note"
              rows="3"
              maxlength={MAX_NOTE}
              value={note()}
              onInput={setNote}
              hint="What they should know. It may stay empty."
            />
            <div class="deciding">
              <Button onClick={() => props.onClose()}>Leave it</Button>
              <Button kind="first" type="submit">
                Report
              </Button>
            </div>
          </form>
        }
      >
        {(standing) => (
          <div class="stack">
            <p>
              You reported this <time>{sayMoment(standing.at)}</time>. You are told in your notices what comes of it.
            </p>
            <div class="deciding">
              <Button kind="danger" onClick={() => takeBack(standing.ground)}>
                Take it back
              </Button>
              <Button kind="first" onClick={() => props.onClose()}>
                Let it stand
              </Button>
            </div>
          </div>
        )}
      </Show>
    </Dialog>
  );
}

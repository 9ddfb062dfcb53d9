import CloudOff from "lucide-solid/icons/cloud-off";
import { createSignal, Show, type JSX } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { TextArea } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Notice } from "#client/ui/Notice.tsx";
import { Select } from "#client/ui/Select.tsx";
import { say } from "#client/ui/toasts.ts";
import { MAX_REASON } from "#shared/entries/limits.ts";
import type { MemberId } from "#shared/ids.ts";
import type { DeskName, Measure } from "#shared/protocol/http/moderation.ts";

interface Props {
  readonly desk: DeskName;
  readonly kind: Measure["kind"];
  readonly person: { readonly id: MemberId; readonly name: string };
  /** The case that is settled by it. */
  readonly about?: string;
  readonly onDone?: () => void;
  readonly onClose: () => void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const terms = {
  mute: [
    ["600000", "10 minutes"],
    [`${HOUR}`, "1 hour"],
    [`${DAY}`, "1 day"],
    [`${7 * DAY}`, "1 week"],
    [`${30 * DAY}`, "30 days"],
  ],
  ban: [
    [`${DAY}`, "1 day"],
    [`${7 * DAY}`, "1 week"],
    [`${30 * DAY}`, "30 days"],
    [`${365 * DAY}`, "1 year"],
    ["", "For good"],
  ],
} as const;

const words = {
  warn: ["Warn", "It is told to them alone, with your reason. Moderators see it in their record.", "was warned."],
  mute: [
    "Mute",
    "They read on and cannot write here, at once and on every device, until it ends.",
    "can only read now.",
  ],
  kick: ["Take out", "They no longer read or write here. They may come back by an invitation.", "was taken out."],
  ban: ["Ban", "They no longer read or write here, and cannot come back before it ends.", "is banned."],
} as const;

/** Does something about a person, which holds for everybody at once: it needs the server, and says so. */
export function MeasureDialog(props: Props): JSX.Element {
  const local = useLocal();
  const api = useLaterApi();
  const act = createAct();
  const [reason, setReason] = createSignal("");
  const [missing, setMissing] = createSignal<string>();
  // Fixed for as long as it is open: whoever asks something else opens another one.
  const { kind, desk, person } = props;
  const lasting = kind === "mute" || kind === "ban" ? terms[kind] : undefined;
  const [term, setTerm] = createSignal<string>(lasting?.[1][0] ?? "");
  const [verb, meaning, done] = words[kind];
  const isOffline = () => local.connection().state !== "online";

  async function undo(id: string): Promise<void> {
    const lifted = await act.run(() => api.liftMeasure({ desk, id, restore: "true" }));
    say(lifted.ok ? "Undone." : "That could not be undone. It still holds.");
    if (lifted.ok) props.onDone?.();
  }

  async function take(): Promise<void> {
    const text = reason().trim();
    setMissing(text === "" ? "They are told why: a sentence is needed." : undefined);
    if (text === "" || isOffline()) return;
    const until = lasting === undefined || term() === "" ? {} : { until: Date.now() + Number(term()) };
    const about = props.about === undefined ? {} : { about: props.about };
    const taken = await act.run(() =>
      api.takeMeasure({ desk, kind, person: person.id, reason: text, ...until, ...about }),
    );
    if (!taken.ok) return;
    say(`${person.name} ${done}`, { label: "Undo", do: () => void undo(taken.value.id) });
    props.onDone?.();
    props.onClose();
  }

  return (
    <Dialog
      title={
        <>
          {verb} <bdi>{person.name}</bdi>
        </>
      }
      onClose={props.onClose}
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <p class="muted">{meaning}</p>
        <Show when={lasting}>
          {(options) => (
            <Select
              label="For how long"
              value={term()}
              options={options().map(([value, label]) => ({ value: value as string, label }))}
              onChange={setTerm}
            />
          )}
        </Show>
        <TextArea
          label="Reason"
          rows="3"
          maxlength={MAX_REASON}
          value={reason()}
          onInput={setReason}
          error={missing()}
          hint="They are told it, and how to appeal."
        />
        <Show when={isOffline()}>
          <Notice icon={CloudOff} title="You are offline">
            This needs the server, because it holds for everybody at once.
          </Notice>
        </Show>
        <FormProblem problem={act.problem()} />
        <div class="deciding">
          <Button onClick={() => props.onClose()}>Leave it</Button>
          <Button
            kind="danger first"
            type="submit"
            aria-busy={act.busy()}
            aria-disabled={isOffline() ? "true" : undefined}
          >
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { createSignal, Show, type JSX } from "solid-js";

import { Button } from "#client/ui/Button.tsx";
import { say } from "#client/ui/toasts.ts";
import type { Row } from "#shared/entries/row.ts";

import { cleanBody, lengthOf } from "./body.ts";
import { mentionedIn, type Person } from "#client/ui/mentions.ts";
import { TooLong } from "./TooLong.tsx";
import { refOf, useTalk } from "./use-talk.ts";
import { WritingBox } from "./WritingBox.tsx";

/** A message of one's own, being reworded in its place. */
export function EditBox(props: { readonly row: Row }): JSX.Element {
  const talk = useTalk();
  const before = props.row.body;
  const [text, setText] = createSignal(before);
  const [chosen, setChosen] = createSignal<readonly Person[]>(talk.mentioned(props.row));

  let row: HTMLElement | null = null;

  function begin(area: HTMLTextAreaElement): void {
    row = area.closest<HTMLElement>("[data-key]");
    area.focus();
    area.setSelectionRange(before.length, before.length);
  }

  /** Whoever goes by keys goes on from the message. */
  function close(): void {
    talk.setEditing(undefined);
    row?.focus();
  }

  async function save(): Promise<void> {
    const body = cleanBody(text());
    if (body === "" || lengthOf(body).kind === "too-long") return;
    try {
      if (body !== before) await talk.local.edit(talk.place().id, refOf(props.row), body, mentionedIn(body, chosen()));
      close();
    } catch {
      say("This device could not keep the change. Your text is still here.");
    }
  }

  return (
    <div class="words editing">
      <div class="box">
        <WritingBox
          ref={begin}
          label="Reword the message"
          text={text()}
          people={talk.people()}
          onLook={talk.lookForPeople}
          onText={setText}
          onMention={(person) => setChosen((all) => [...all, person])}
          onSubmit={() => void save()}
          onKey={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            close();
          }}
        />
        <div class="box-foot">
          <TooLong text={text()} />
          <Button kind="plain" onClick={close}>
            Leave as it was
          </Button>
          <Button
            kind="first"
            onClick={() => void save()}
            aria-disabled={cleanBody(text()) === "" ? "true" : undefined}
          >
            Save
          </Button>
        </div>
      </div>
      <Show when={cleanBody(text()) === ""}>
        <p class="hint">To take a message back, retract it instead.</p>
      </Show>
    </div>
  );
}

import { createSignal, Show, type Accessor, type JSX } from "solid-js";

import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { Field } from "./Field.tsx";
import { FormProblem } from "./FormProblem.tsx";

interface Props {
  readonly title: JSX.Element;
  /** What will come of it. */
  readonly children: JSX.Element;
  readonly verb: string;
  /** What must be typed before it can be done: for what nobody can take back. */
  readonly typed?: string | undefined;
  /** What is said while and after it is done. */
  readonly act: {
    readonly busy: Accessor<boolean>;
    readonly problem: Accessor<{ readonly text: string; readonly calm: boolean } | undefined>;
  };
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks before something is done that hurts, and says what it will do. */
export function Confirm(props: Props) {
  const [text, setText] = createSignal("");
  const isMeant = () => props.typed === undefined || text().trim() === props.typed;

  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isMeant() && !props.act.busy()) void props.onConfirm();
        }}
      >
        <div class="stack">
          {props.children}
          <Show when={props.typed}>
            {(name) => (
              <Field
                label="Type its name"
                hint={
                  <>
                    It is called <bdi class="firm">{name()}</bdi>.
                  </>
                }
                autocomplete="off"
                value={text()}
                onInput={setText}
              />
            )}
          </Show>
          <FormProblem problem={props.act.problem()} />
        </div>
        <div class="deciding">
          <Button onClick={() => props.onClose()}>Leave it</Button>
          <Button type="submit" kind="danger first" disabled={!isMeant()} aria-busy={props.act.busy()}>
            {props.verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

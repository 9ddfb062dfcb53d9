import CircleX from "lucide-solid/icons/circle-x";
import { createUniqueId, Show, splitProps, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Told {
  readonly label: string;
  /** At the end of the label's line. */
  readonly beside?: JSX.Element;
  readonly hint?: JSX.Element;
  /** What is wrong with it, next to it. */
  readonly error?: string | undefined;
}

type Own = Told & { readonly onInput?: (value: string) => void };
type FieldProps = Own & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "onInput">;
type AreaProps = Own & Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, "onInput">;

const own = ["label", "beside", "hint", "error", "onInput", "class", "id"] as const;

/** One line of text with its label, a hint, and its mistake. */
export function Field(props: FieldProps): JSX.Element {
  const [told, rest] = splitProps(props, own);
  const id = told.id ?? createUniqueId();

  return (
    <Labelled {...told} id={id}>
      <input
        dir="auto"
        {...rest}
        {...describedBy(id, told)}
        id={id}
        class={`field ${told.class ?? ""}`}
        onInput={(event) => told.onInput?.(event.currentTarget.value)}
      />
    </Labelled>
  );
}

/** Several lines of text. */
export function TextArea(props: AreaProps): JSX.Element {
  const [told, rest] = splitProps(props, own);
  const id = told.id ?? createUniqueId();

  return (
    <Labelled {...told} id={id}>
      <textarea
        dir="auto"
        {...rest}
        {...describedBy(id, told)}
        id={id}
        class={`field tall ${told.class ?? ""}`}
        onInput={(event) => told.onInput?.(event.currentTarget.value)}
      />
    </Labelled>
  );
}

const Labelled = (props: Told & { readonly id: string; readonly children: JSX.Element }): JSX.Element => (
  <div>
    <div class="row-of far">
      <label class="over" for={props.id}>
        {props.label}
      </label>
      {props.beside}
    </div>
    {props.children}
    <div id={`${props.id}-note`}>
      <Show when={props.error} fallback={<Show when={props.hint}>{(hint) => <p class="hint">{hint()}</p>}</Show>}>
        {(error) => (
          <p class="says danger mt-1" role="alert">
            <Icon of={CircleX} size="small" />
            <span>{error()}</span>
          </p>
        )}
      </Show>
    </div>
  </div>
);

/** Ties a control to its hint or its mistake. A getter, since a spread reads it again when the mistake changes. */
const describedBy = (id: string, told: Pick<Told, "error">) => ({
  "aria-describedby": `${id}-note`,
  get "aria-invalid"() {
    return told.error === undefined ? undefined : ("true" as const);
  },
});

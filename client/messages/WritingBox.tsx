import { createEffect, createSignal, createUniqueId, on, onMount, Show, type JSX } from "solid-js";

import { readAppearance } from "#client/storage/appearance.ts";
import { later } from "#client/ui/later.tsx";

import { createMentioning } from "./create-mentioning.ts";
import type { Person } from "#client/ui/mentions.ts";

const MentionList = later(async () => (await import("#client/ui/MentionList.tsx")).MentionList);

interface Props {
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly people: readonly Person[];
  readonly onLook: (query: string) => void;
  readonly onText: (text: string) => void;
  readonly onMention: (person: Person) => void;
  readonly onSubmit: () => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly ref?: (element: HTMLTextAreaElement) => void;
  readonly describedBy?: string | undefined;
}

/** A text that is being written: Enter sends, Shift and Enter breaks the line, `@` looks for people. */
export function WritingBox(props: Props): JSX.Element {
  const id = createUniqueId();
  const [element, setElement] = createSignal<HTMLTextAreaElement>();
  const mentioning = createMentioning({
    element,
    people: () => props.people,
    onLook: (query) => props.onLook(query),
    onChoose(person, text, caret) {
      props.onMention(person);
      props.onText(text);
      // The text comes back through the property first; only then can the caret stand in it.
      queueMicrotask(() => element()?.setSelectionRange(caret, caret));
    },
  });

  onMount(() => element() && props.ref?.(element() as HTMLTextAreaElement));
  createEffect(
    on(
      () => [element(), props.text] as const,
      ([area]) => area && grow(area),
    ),
  );

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter belongs to it.
    if (event.isComposing || event.keyCode === 229) return;
    if (mentioning.onKey(event)) return;
    if (event.key === "Enter" && sends(event)) {
      event.preventDefault();
      props.onSubmit();
    } else props.onKey?.(event);
  }

  return (
    <>
      <Show when={mentioning.found().length > 0}>
        <MentionList id={id} people={mentioning.found()} active={mentioning.active()} onChoose={mentioning.choose} />
      </Show>
      <label class="hush" for={`${id}-text`}>
        {props.label}
      </label>
      <textarea
        ref={setElement}
        id={`${id}-text`}
        rows="1"
        dir="auto"
        placeholder={props.placeholder}
        value={props.text}
        aria-autocomplete="list"
        aria-controls={mentioning.found().length > 0 ? id : undefined}
        aria-activedescendant={mentioning.found().length > 0 ? `${id}-${mentioning.active()}` : undefined}
        aria-describedby={props.describedBy}
        onInput={(event) => {
          props.onText(event.currentTarget.value);
          mentioning.look();
        }}
        onKeyDown={onKeyDown}
        onClick={() => mentioning.look()}
        onBlur={() => mentioning.close()}
      />
    </>
  );
}

/** Ctrl and Enter always send; Enter alone does where the person did not choose otherwise. */
const sends = (event: KeyboardEvent): boolean =>
  event.ctrlKey || event.metaKey || (readAppearance().sendWithEnter && !event.shiftKey && !event.altKey);

const GROWN = 0.4;

/** Where the browser cannot size a field by its content, its height follows the text, up to a part of the window. */
function grow(area: HTMLTextAreaElement): void {
  area.style.maxBlockSize = `${Math.round(innerHeight * GROWN)}px`;
  if (CSS.supports("field-sizing", "content")) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight}px`;
}

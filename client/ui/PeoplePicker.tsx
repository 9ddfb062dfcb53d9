import X from "lucide-solid/icons/x";
import { createSignal, createUniqueId, For, type JSX } from "solid-js";

import { createPicker, type Person } from "./create-picker.ts";
import { Icon } from "./Icon.tsx";
import { Seat } from "./Seat.tsx";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly chosen: readonly Person[];
  readonly onChange: (chosen: readonly Person[]) => void;
  /** People by the beginning of a word of their name. */
  readonly find: (words: string, signal: AbortSignal) => Promise<readonly Person[]>;
  readonly autofocus?: boolean;
}

/** Chooses people by name: type, move with the arrows, choose with Enter, take back with Backspace. */
export function PeoplePicker(props: Props): JSX.Element {
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const picker = createPicker(
    () => props.chosen,
    (chosen) => props.onChange(chosen),
    (words, signal) => props.find(words, signal),
  );
  const shown = () => open() && picker.words() !== "";
  const activeId = () => {
    const active = picker.active();
    return shown() && active !== undefined ? `${id}-${active.id}` : undefined;
  };

  return (
    <div class="picker">
      <label class="over" for={id}>
        {props.label}
      </label>
      <div class="field picked">
        <For each={props.chosen}>
          {(person) => <Chosen person={person} onTakeBack={() => picker.takeBack(person)} />}
        </For>
        <input
          id={id}
          class="bare grow"
          role="combobox"
          aria-expanded={shown()}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={activeId()}
          aria-describedby={`${id}-note`}
          aria-invalid={props.error === undefined ? undefined : "true"}
          autocomplete="off"
          autofocus={props.autofocus === true}
          dir="auto"
          value={picker.words()}
          onInput={(event) => {
            picker.look(event.currentTarget.value);
            setOpen(true);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && shown()) event.stopPropagation();
            if (event.key === "Escape") setOpen(false);
            else picker.key(event);
          }}
          onBlur={() => setOpen(false)}
        />
      </div>
      <ul id={`${id}-list`} role="listbox" aria-label={props.label} class="menu offered" hidden={!shown()}>
        <For
          each={picker.offered()}
          fallback={
            <li class="option muted">
              {picker.busy() ? "Looking" : "Nobody by that name whom you share a place with."}
            </li>
          }
        >
          {(person) => (
            <li
              id={`${id}-${person.id}`}
              role="option"
              aria-selected={picker.active()?.id === person.id}
              class="option"
              classList={{ on: picker.active()?.id === person.id }}
              // Before the field loses the focus, which would take the list away under the finger.
              onPointerDown={(event) => {
                event.preventDefault();
                picker.choose(person);
              }}
            >
              <Seat id={person.id} name={person.name} size={1.5} />
              <bdi class="clip">{person.name}</bdi>
            </li>
          )}
        </For>
      </ul>
      <p id={`${id}-note`} class="hint" classList={{ "text-danger": props.error !== undefined }} role="status">
        {props.error ?? props.hint}
      </p>
    </div>
  );
}

const Chosen = (props: { readonly person: Person; readonly onTakeBack: () => void }) => (
  <span class="chip on">
    <bdi class="clip">{props.person.name}</bdi>
    <button type="button" class="bare" onClick={() => props.onTakeBack()} aria-label={`Take ${props.person.name} out`}>
      <Icon of={X} size="small" />
    </button>
  </span>
);

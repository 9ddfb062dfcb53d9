import type { LucideIcon } from "lucide-solid";
import { For, onCleanup, onMount, Show, type JSX } from "solid-js";
import { Portal } from "solid-js/web";

import { Icon } from "./Icon.tsx";
import { place } from "./place.ts";
import { focusFirst, focusNext } from "./roving.ts";

export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon;
  /** The key that does the same, shown beside it. */
  readonly key?: string;
  readonly danger?: boolean;
  /** Begins a new group. */
  readonly apart?: boolean;
  readonly act: () => void;
}

interface Props {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** What it hangs on: an element, or the place of a click. */
  readonly at: HTMLElement | { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** A list of acts that hangs on something; on a phone a sheet from below. Mounting it opens it. */
export function Menu(props: Props): JSX.Element {
  let element!: HTMLDivElement;
  const before = document.activeElement;

  onMount(() => {
    if (!("x" in props.at)) place(element, props.at.getBoundingClientRect());
    else place(element, new DOMRect(props.at.x, props.at.y));
    focusFirst(element);
  });
  onCleanup(() => before instanceof HTMLElement && before.isConnected && before.focus());

  const choose = (item: MenuItem) => {
    props.onClose();
    item.act();
  };

  function onKey(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step !== undefined) focusNext(element, step);
    else if (event.key === "Escape" || event.key === "Tab") props.onClose();
    else if (event.key.length === 1) focusByLetter(element, event.key);
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <Portal>
      <div class="menu-ground" on:pointerdown={() => props.onClose()} />
      <div ref={element} class="menu" role="menu" aria-label={props.label} on:keydown={onKey}>
        <For each={props.items}>
          {(item) => (
            <>
              <Show when={item.apart}>
                <hr />
              </Show>
              <button
                type="button"
                role="menuitem"
                tabindex="-1"
                class="option"
                classList={{ danger: item.danger === true }}
                onClick={() => choose(item)}
              >
                <Show when={item.icon}>{(icon) => <Icon of={icon()} />}</Show>
                {item.label}
                <Show when={item.key}>{(key) => <kbd>{key()}</kbd>}</Show>
              </button>
            </>
          )}
        </For>
      </div>
    </Portal>
  );
}

function focusByLetter(element: HTMLElement, letter: string): void {
  const items = [...element.querySelectorAll<HTMLElement>("[role=menuitem]")];
  items.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
}

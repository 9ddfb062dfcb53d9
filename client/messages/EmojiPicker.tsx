import { createMemo, createSignal, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import { Portal } from "solid-js/web";

import { place } from "#client/ui/place.ts";
import { focusFirst, focusNext } from "#client/ui/roving.ts";

import { emoji } from "./emoji.ts";

interface Props {
  readonly at: HTMLElement;
  readonly onChoose: (sign: string) => void;
  readonly onClose: () => void;
}

const COLUMNS = 6;

/** Signs to react or to write with. Mounting it opens it; the arrow keys walk through the rows. */
export function EmojiPicker(props: Props): JSX.Element {
  const [words, setWords] = createSignal("");
  const found = createMemo(() =>
    emoji.filter(([sign, names]) => sign === words() || names.includes(words().trim().toLowerCase())),
  );
  const before = document.activeElement;
  let element!: HTMLDivElement;
  let grid!: HTMLDivElement;

  onMount(() => {
    place(element, props.at.getBoundingClientRect());
    element.querySelector("input")?.focus();
  });
  onCleanup(() => before instanceof HTMLElement && before.isConnected && before.focus());

  const choose = (sign: string) => {
    props.onChoose(sign);
    props.onClose();
  };

  function onKey(event: KeyboardEvent): void {
    const isInGrid = grid.contains(event.target as Node);
    if (event.key === "Escape") props.onClose();
    else if (event.key === "ArrowDown" && !isInGrid) focusFirst(grid);
    else if (event.key === "ArrowDown") steps(COLUMNS, 1);
    else if (event.key === "ArrowUp" && isInGrid) steps(COLUMNS, -1);
    else if (event.key === "ArrowRight" && isInGrid) focusNext(grid, 1);
    else if (event.key === "ArrowLeft" && isInGrid) focusNext(grid, -1);
    else if (event.key === "Enter" && !isInGrid && found()[0] !== undefined) choose(found()[0]?.[0] ?? "");
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  }

  const steps = (many: number, step: 1 | -1) => Array.from({ length: many }).forEach(() => focusNext(grid, step));

  return (
    <Portal>
      <div class="menu-ground" on:pointerdown={() => props.onClose()} />
      <div ref={element} class="menu emoji-picker" role="dialog" aria-label="Emoji" on:keydown={onKey}>
        <input
          class="field"
          type="text"
          aria-label="Find an emoji"
          placeholder="Find"
          value={words()}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <div ref={grid} class="emoji-grid">
          <For each={found()}>
            {([sign, names]) => (
              <button type="button" class="emoji" aria-label={names} title={names} onClick={() => choose(sign)}>
                {sign}
              </button>
            )}
          </For>
        </div>
        <Show when={found().length === 0}>
          <p class="note muted">Nothing by that name.</p>
        </Show>
      </div>
    </Portal>
  );
}

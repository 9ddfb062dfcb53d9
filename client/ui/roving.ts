const FOCUSABLE = "a[href], button:not([disabled])";

const stops = (list: HTMLElement): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>(FOCUSABLE)];

/** Gives the focus to the first stop of a list. */
export function focusFirst(list: HTMLElement): void {
  stops(list)[0]?.focus();
}

/** Moves the focus to the next or the previous stop of a list, around its ends. */
export function focusNext(list: HTMLElement, step: 1 | -1): void {
  const all = stops(list);
  const now = all.indexOf(document.activeElement as HTMLElement);
  all.at((now + step + all.length) % all.length)?.focus();
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Makes a list one stop of the Tab key: arrows move inside it, Home and End go to its ends, and Tab comes back to where
 * one was. For `onKeyDown` and `onFocusIn` of the list.
 */
export function moveInList(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const list = event.currentTarget;
  const step = STEPS[event.key];

  if (step !== undefined) focusNext(list, step);
  else if (event.key === "Home") focusFirst(list);
  else if (event.key === "End") stops(list).at(-1)?.focus();
  else return;
  event.preventDefault();
}

/** Keeps the stop that was used last as the one that Tab comes back to. */
export function rememberStop(event: FocusEvent & { readonly currentTarget: HTMLElement }): void {
  for (const stop of stops(event.currentTarget)) stop.tabIndex = stop === event.target ? 0 : -1;
}

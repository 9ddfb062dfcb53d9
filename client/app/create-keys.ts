import { useLocation, useNavigate } from "@solidjs/router";
import { onCleanup } from "solid-js";

import { CONVERSATIONS, SEARCH } from "#client/paths.ts";

interface Options {
  readonly onPalette: () => void;
  readonly onKeys: () => void;
  readonly onEscape: () => void;
}

const WRITING = "input, textarea, select, [contenteditable]";
const FLOATING = "dialog, [role=menu], [role=dialog]";
/** How long G waits for its second letter. */
const SECOND = 1_200;

/** The keys that work everywhere. Letters only where nothing is being written. */
export function createKeys({ onPalette, onKeys, onEscape }: Options): void {
  const navigate = useNavigate();
  const location = useLocation();
  let going = 0;

  const afterG: Readonly<Record<string, string>> = { c: CONVERSATIONS, h: "/" };
  const plain: Readonly<Record<string, () => void>> = {
    "/": () => navigate(SEARCH),
    "?": onKeys,
    g: () => (going = Date.now()),
  };

  function onLetter(event: KeyboardEvent): void {
    const goal = Date.now() - going < SECOND ? afterG[event.key.toLowerCase()] : undefined;
    const act = plain[event.key];
    if (goal === undefined && act === undefined) return;
    event.preventDefault();
    if (goal === undefined) act?.();
    else navigate(goal);
  }

  function onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.isComposing || target.closest(FLOATING) !== null) return;

    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      onPalette();
    } else if (event.key === "F6") {
      event.preventDefault();
      focusPane(event.shiftKey ? -1 : 1);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const next = nextChannel(location.pathname, event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
      if (next !== undefined) navigate(next);
    } else if (event.key === "Escape") onEscape();
    else if (!event.ctrlKey && !event.metaKey && !event.altKey && !target.matches(WRITING)) onLetter(event);
  }

  document.addEventListener("keydown", onKey);
  onCleanup(() => document.removeEventListener("keydown", onKey));
}

/** Where a pane is entered; the first that there is in it, whatever stands above it. */
const ENTRANCES = ["article[tabindex='0']", "textarea", "[aria-current]", "a[href]", "button"];

/** The panes in the order of the focus; each is entered where it was left. */
function focusPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter((pane) => pane.offsetParent !== null);
  const now = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes.at((now + step + panes.length) % panes.length);
  for (const selector of ENTRANCES) {
    const entrance = next?.querySelector<HTMLElement>(selector);
    if (entrance) return entrance.focus();
  }
}

/** The address of the channel before or after this one in the list; with `unread`, of those only. */
function nextChannel(here: string, step: 1 | -1, unread: boolean): string | undefined {
  const all = [...document.querySelectorAll<HTMLAnchorElement>(".list .list-body a.chan")];
  const now = all.findIndex((line) => line.pathname === here);
  const around =
    step === 1
      ? [...all.slice(now + 1), ...all.slice(0, now + 1)]
      : [...all.slice(0, Math.max(0, now)).toReversed(), ...all.slice(now).toReversed()];
  return around.find((line) => line.pathname !== here && (!unread || line.dataset["unread"] !== undefined))?.pathname;
}

import { createMemo, createSignal, type Accessor } from "solid-js";

import { fitting, type Person } from "./mentions.ts";

/** People whose name fits what is being typed, and the keys that choose among them. */
export function createFinding(people: Accessor<readonly Person[]>, choose: (person: Person) => void) {
  const [query, setQuery] = createSignal<string>();
  const [active, setActive] = createSignal(0);
  const found = createMemo(() => {
    const wanted = query();
    return wanted === undefined ? [] : fitting(people(), wanted);
  });

  const close = () => setQuery(undefined);

  /** Undefined where nobody is looked for. */
  function look(wanted: string | undefined): void {
    setActive(0);
    setQuery(wanted);
  }

  /** Whether the key belonged to the list. */
  function onKey(event: KeyboardEvent): boolean {
    const all = found();
    if (all.length === 0) return false;
    const steps: Readonly<Record<string, () => unknown>> = {
      ArrowDown: () => setActive((active() + 1) % all.length),
      ArrowUp: () => setActive((active() + all.length - 1) % all.length),
      Enter: () => choose(all[active()] as Person),
      Tab: () => choose(all[active()] as Person),
      Escape: close,
    };
    const step = steps[event.key];
    if (step === undefined || event.shiftKey) return false;
    step();
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return { found, active, look, close, onKey };
}

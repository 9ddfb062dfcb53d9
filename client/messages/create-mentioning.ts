import { createMemo, createSignal, type Accessor } from "solid-js";

import { fitting, mentionAt, type Person } from "./mentions.ts";

interface Options {
  readonly element: Accessor<HTMLTextAreaElement | undefined>;
  readonly people: Accessor<readonly Person[]>;
  /** Somebody is being looked for. */
  readonly onLook: (query: string) => void;
  /** Somebody was chosen: the text with their name in it, and where the caret goes. */
  readonly onChoose: (person: Person, text: string, caret: number) => void;
}

/** Finds people while an `@…` is being typed. */
export function createMentioning({ element, people, onLook, onChoose }: Options) {
  const [query, setQuery] = createSignal<string>();
  const [active, setActive] = createSignal(0);
  const found = createMemo(() => {
    const wanted = query();
    return wanted === undefined ? [] : fitting(people(), wanted);
  });

  const close = () => setQuery(undefined);

  function look(): void {
    const area = element();
    const at =
      area && area.selectionStart === area.selectionEnd ? mentionAt(area.value, area.selectionStart) : undefined;
    setActive(0);
    setQuery(at?.query);
    if (at !== undefined) onLook(at.query);
  }

  function choose(person: Person): void {
    const area = element();
    const at = area && mentionAt(area.value, area.selectionStart);
    if (area === undefined || at === undefined) return;

    const before = `${area.value.slice(0, at.from)}@${person.name} `;
    close();
    area.focus();
    onChoose(person, before + area.value.slice(area.selectionStart).replace(/^ /, ""), before.length);
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

  return { found, active, look, close, choose, onKey };
}

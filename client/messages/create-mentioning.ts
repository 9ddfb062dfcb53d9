import type { Accessor } from "solid-js";

import { createFinding } from "#client/ui/create-name-finding.ts";
import { mentionAt, type Person } from "#client/ui/mentions.ts";

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
  const { found, active, close, onKey, ...finding } = createFinding(people, choose);

  function look(): void {
    const area = element();
    const at =
      area && area.selectionStart === area.selectionEnd ? mentionAt(area.value, area.selectionStart) : undefined;
    finding.look(at?.query);
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

  return { found, active, look, close, choose, onKey };
}

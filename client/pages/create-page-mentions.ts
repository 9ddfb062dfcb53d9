import type { Editor } from "@tiptap/core";
import { createSignal, type Accessor } from "solid-js";

import { createFinding } from "#client/ui/create-name-finding.ts";
import { mentionAt, type Person } from "#client/ui/mentions.ts";

/** Where the list stands on the screen, in px: at the line of the `@`. */
export interface Spot {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

/** Finds people while an `@…` is being typed in a page, and puts who is chosen in its place. */
export function createPageMentions(
  editor: Accessor<Editor | undefined>,
  people: Accessor<readonly Person[]>,
  onLook: (query: string) => void,
) {
  const [spot, setSpot] = createSignal<Spot>();
  const finding = createFinding(people, choose);

  /** To be called after whatever the editor has done. */
  function look(): void {
    const at = typedIn(editor());
    finding.look(at?.query);
    if (at === undefined) return;
    setSpot(spotOf(editor() as Editor, at.from));
    onLook(at.query);
  }

  function choose({ id, name }: Person): void {
    const made = editor();
    const at = typedIn(made);
    if (made === undefined || at === undefined) return;
    finding.close();
    const words = [
      { type: "mention", attrs: { id, label: name } },
      { type: "text", text: " " },
    ];
    made.chain().focus().insertContentAt({ from: at.from, to: at.to }, words).run();
  }

  return { ...finding, look, choose, spot };
}

/** The `@…` that stands in front of the caret, by the positions of the editor; not in code. */
function typedIn(editor: Editor | undefined): { query: string; from: number; to: number } | undefined {
  if (editor === undefined || !editor.isFocused) return undefined;
  const { $from, empty } = editor.state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.type.spec.code === true || editor.isActive("code"))
    return undefined;
  // Whatever is no letter counts as one sign, as its position does.
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\n");
  const at = mentionAt(before, before.length);
  return at && { query: at.query, from: $from.start() + at.from, to: $from.pos };
}

function spotOf(editor: Editor, position: number): Spot {
  const { left, top, bottom } = editor.view.coordsAtPos(position);
  return { left, top, bottom };
}

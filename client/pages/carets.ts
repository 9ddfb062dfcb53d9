import { Extension } from "@tiptap/core";
import { yCursorPlugin } from "@tiptap/y-tiptap";
import { createRelativePositionFromJSON, relativePositionToJSON, type Doc, type RelativePosition } from "yjs";

import type { MemberId } from "#shared/ids.ts";
import { caretRange, type CaretRange } from "#shared/pages/caret.ts";
import type { Carets } from "#shared/protocol/stateless.ts";
import { seatHue } from "#client/ui/seat.ts";

/** What the editor's plugin for carets wants to be told through: only our own caret leaves it, and others come from the server. */
export interface CaretBoard {
  readonly show: (carets: Carets["carets"]) => void;
  readonly extension: Extension;
}

interface State {
  readonly user: { readonly name: string; readonly color: string; readonly person: MemberId };
  readonly cursor: CaretRange | null;
}

/** Required by the plugin, and not looked at: people have the colour of their seats. */
const NO_COLOR = "#888888";

export function createCaretBoard(
  doc: Doc,
  nameOf: (person: MemberId) => string,
  said: (at: CaretRange | undefined) => void,
): CaretBoard {
  const states = new Map<number, State>();
  const listeners = new Set<() => void>();
  /** The editor keeps a caret that it has made; a name may become known later. */
  const labels = new Map<number, HTMLElement>();
  let own: { cursor?: { anchor: RelativePosition; head: RelativePosition } | null } = {};

  const awareness = {
    doc,
    clientID: doc.clientID,
    getStates: () => states,
    getLocalState: () => own,
    setLocalStateField(_field: string, cursor: typeof own.cursor) {
      own = { cursor: cursor ?? null };
      said(cursor ? rangeOf(cursor) : undefined);
    },
    on: (_event: string, listener: () => void) => void listeners.add(listener),
    off: (_event: string, listener: () => void) => void listeners.delete(listener),
  };

  function cursorBuilder({ name, person }: State["user"], client: number): HTMLElement {
    const label = document.createElement("span");
    label.textContent = name;
    labels.set(client, label);
    return caretOf(label, person);
  }

  return {
    show(carets) {
      states.clear();
      for (const { client, person, at } of carets)
        if (client !== doc.clientID)
          states.set(client, { user: { name: nameOf(person), color: NO_COLOR, person }, cursor: at });
      listeners.forEach((listener) => listener());
      states.forEach(({ user }, client) => labels.get(client)?.replaceChildren(user.name));
    },
    extension: Extension.create({
      name: "carets",
      addProseMirrorPlugins: () => [
        yCursorPlugin(awareness as never, { cursorBuilder, selectionBuilder: selectionOf }),
      ],
    }),
  };
}

/** Undefined for what nobody else could read. */
function rangeOf({ anchor, head }: { anchor: RelativePosition; head: RelativePosition }): CaretRange | undefined {
  const [from, to] = [anchor, head].map(
    (one) => relativePositionToJSON(createRelativePositionFromJSON(one)) as unknown,
  );
  const parsed = caretRange.safeParse({ anchor: from, head: to });
  return parsed.success ? parsed.data : undefined;
}

function caretOf(label: HTMLElement, person: MemberId): HTMLElement {
  const caret = document.createElement("span");
  caret.className = "caret";
  caret.style.setProperty("--hue", seatHue(person));
  // Joiners keep the line from breaking beside it.
  caret.append("\u2060", label, "\u2060");
  return caret;
}

const selectionOf = ({ person }: State["user"]): Record<string, string> => ({
  class: "others",
  style: `--hue: ${seatHue(person)}`,
});

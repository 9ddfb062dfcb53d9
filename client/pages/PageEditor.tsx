import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { Placeholder } from "@tiptap/extensions";
import { createEffect, createSignal, createUniqueId, on, onCleanup, Show, type JSX } from "solid-js";

import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { OpenPage } from "#client/sync/local.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { say } from "#client/ui/toasts.ts";

import { createCaretBoard } from "./carets.ts";
import { createPageMentions } from "./create-page-mentions.ts";
import { createPagePeople } from "./create-page-people.ts";
import { pageExtensions } from "./extensions.ts";
import { PageMentions } from "./PageMentions.tsx";
import { Toolbar } from "./Toolbar.tsx";

interface Props {
  readonly open: OpenPage;
  readonly page: MirroredPage;
  /** What stands above the words. */
  readonly head: JSX.Element;
  /** Between the tools and the words. */
  readonly shelf: JSX.Element;
  readonly ref?: (editor: Editor) => void;
}

/** A page holds no more signs than this. */
const MAX_PASTE = 300_000;

/** A page that is being edited in place, together with others. Every change is kept on this device before it leaves. */
export function PageEditor(props: Props): JSX.Element {
  const local = useLocal();
  const [editor, setEditor] = createSignal<Editor>();
  const listId = createUniqueId();
  const around = createPagePeople(props.page, () => props.open.carets().map(({ person }) => person));
  const mentions = createPageMentions(editor, around.people, around.look);
  let element!: HTMLDivElement;

  // What was in the document did not get in: the editor begins again with what is there.
  createEffect(
    on(
      () => props.open.doc(),
      (doc) => {
        const say = (at?: Parameters<OpenPage["sayCaret"]>[0]["at"]): void =>
          props.open.sayCaret({ client: doc.clientID, ...(at && { at }) });
        const board = createCaretBoard(doc, (person) => local.profile(person).name, createPause(say));
        const made = new Editor({
          element,
          injectCSS: false,
          extensions: [
            ...pageExtensions,
            Collaboration.configure({ document: doc, field: PAGE_ROOT }),
            Placeholder.configure({ placeholder: "Write what should stay." }),
            board.extension,
          ],
          editorProps: {
            attributes: { "aria-label": props.page.title, "aria-multiline": "true", role: "textbox" },
            handlePaste: (_view, _event, slice) => isTooMuch(slice.content.size),
            handleKeyDown: (_view, event) => !event.isComposing && mentions.onKey(event),
          },
          onTransaction: () => mentions.look(),
          onBlur: () => mentions.close(),
        });
        createEffect(() => board.show(props.open.carets()));
        createEffect(() => pointAt(made.view.dom, mentions.found().length > 0, listId, mentions.active()));
        setEditor(made);
        props.ref?.(made);
        onCleanup(() => {
          made.destroy();
          say();
        });
      },
    ),
  );

  return (
    <>
      <Show when={editor()} keyed>
        {(made) => <Toolbar editor={made} />}
      </Show>
      {props.shelf}
      <div class="scroll" onScroll={() => mentions.close()}>
        <div class="page-grid">
          <div class="prose">
            {props.head}
            <div ref={element} />
          </div>
        </div>
      </div>
      <Show when={mentions.found().length > 0}>
        <PageMentions id={listId} mentions={mentions} />
      </Show>
    </>
  );
}

/** Tells who does not see the list which of it is chosen: the focus stays in the text. */
function pointAt(text: HTMLElement, isOpen: boolean, list: string, active: number): void {
  const said = { "aria-controls": list, "aria-activedescendant": `${list}-${active}` };
  for (const [name, value] of Object.entries(said))
    if (isOpen) text.setAttribute(name, value);
    else text.removeAttribute(name);
}

function isTooMuch(size: number): boolean {
  if (size <= MAX_PASTE) return false;
  say("This is more than a page can hold. Nothing was changed; make several pages of it.");
  return true;
}

/** Carets move with every letter: the last place of each moment is told. */
function createPause<Told>(tell: (told: Told) => void, ms = 150): (told: Told) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Told;
  return (told) => {
    last = told;
    timer ??= setTimeout(() => {
      timer = undefined;
      tell(last);
    }, ms);
  };
}

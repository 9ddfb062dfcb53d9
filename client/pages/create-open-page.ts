import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";
import type { Doc } from "yjs";

import { readBody, type PageBody } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { PageId } from "#shared/ids.ts";
import type { Local, OpenPage } from "#client/sync/local.ts";
import { say } from "#client/ui/toasts.ts";

/** Opens a page for as long as the calling owner lives. Undefined until it is there. */
export function createOpenPage(local: Local, page: PageId): Accessor<OpenPage | undefined> {
  const [open, setOpen] = createSignal<OpenPage>();
  let isOver = false;

  local.pages.open(page).then(
    (opened) => (isOver ? opened.close() : setOpen(() => opened)),
    () => say("Pages are not on this device yet. Try again when you are online."),
  );
  onCleanup(() => {
    isOver = true;
    open()?.close();
  });
  return open;
}

/** What a page says, kept current; read again at most once a frame. */
export function createBody(doc: Accessor<Doc | undefined>): Accessor<PageBody> {
  const [body, setBody] = createSignal<PageBody>(NOTHING, { equals: false });

  createEffect(() => {
    const source = doc();
    if (source === undefined) return;
    let due = 0;
    const read = (): void => {
      due = 0;
      setBody(readBody(source.getXmlFragment(PAGE_ROOT)));
    };
    const note = (): void => void (due ||= requestAnimationFrame(read));
    read();
    source.on("update", note);
    onCleanup(() => {
      source.off("update", note);
      cancelAnimationFrame(due);
    });
  });
  return body;
}

const NOTHING: PageBody = { type: "doc", content: [] };

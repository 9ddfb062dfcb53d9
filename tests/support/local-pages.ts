import { createSignal } from "solid-js";

import type { LocalPages, PageDraft } from "#client/sync/local.ts";

/** No pages, but what was not accepted of some. */
export function createMemoryPages(kept: readonly PageDraft[] = []): LocalPages {
  const [drafts, setDrafts] = createSignal(kept);
  return {
    of: () => [],
    find: () => undefined,
    open: () => Promise.reject(new Error("no pages without a device")),
    drafts,
    waiting: () => 0,
    discard: async (id) => void setDrafts((all) => all.filter((draft) => draft.id !== id)),
  };
}

import { createSignal } from "solid-js";

import type { PageId } from "#shared/ids.ts";
import type { Carets, ServerMessage } from "#shared/protocol/stateless.ts";
import type { PageDraftRow } from "#client/storage/database.ts";

import type { Line } from "./line.ts";
import type { OpenPage } from "./local.ts";
import type { Pages, PagesDependencies } from "./pages/create-pages.ts";
import type { Replica } from "./replica.ts";

/** Pages, whose code comes when somebody opens one, or when something written on one is here still. */
export interface PagesLater {
  readonly open: (page: PageId) => Promise<OpenPage>;
  readonly drafts: () => readonly PageDraftRow[];
  /** On how many pages something was written that has not left. */
  readonly waiting: () => number;
  readonly discard: (id: string) => Promise<void>;
  readonly forget: (page: PageId) => Promise<void>;
  readonly told: (carets: Carets) => void;
  readonly reload: (keys: readonly string[]) => Promise<void>;
  readonly onOwnChange: (listener: (keys: readonly string[]) => void) => () => void;
  /** In the tab that owns the socket. Answers how to stop. */
  readonly own: () => () => void;
  readonly synced: (replica: Replica, page: PageId, line: Line) => void;
  readonly heard: (page: PageId, message: ServerMessage) => void;
  readonly lost: (page: PageId) => void;
}

export function createPagesLater(deps: PagesDependencies): PagesLater {
  const [drafts, setDrafts] = createSignal<readonly PageDraftRow[]>([]);
  const [waiting, setWaiting] = createSignal(0);
  const ownListeners = new Set<(keys: readonly string[]) => void>();
  /** Pages that are up to date here, for when there is something to bring to them. */
  const lines = new Map<PageId, { readonly replica: Replica; readonly line: Line }>();
  let coming: Promise<Pages> | undefined;
  let loaded: Pages | undefined;
  let owning: { stop: () => void } | undefined;

  async function fetch(): Promise<Pages> {
    const { createPages } = await import("./pages/create-pages.ts");
    const pages = await createPages(deps);
    const show = (): void => {
      setDrafts(pages.edits.drafts());
      setWaiting(pages.edits.pages().length);
    };
    pages.edits.onChange(show);
    pages.edits.onOwnChange((keys) => ownListeners.forEach((listener) => listener(keys)));
    show();
    loaded = pages;
    lines.forEach(({ replica, line }, page) => pages.synced(replica, page, line));
    if (owning !== undefined) owning.stop = pages.own();
    return pages;
  }

  /** What could not be had is asked for anew the next time. */
  function load(): Promise<Pages> {
    coming ??= fetch().catch((problem: unknown) => {
      coming = undefined;
      throw problem;
    });
    return coming;
  }

  async function lookAround(): Promise<void> {
    if ((await deps.db.pageEdit.count()) + (await deps.db.pageDraft.count()) > 0) await load();
  }
  void lookAround().catch(deps.failed);

  return {
    open: async (page) => (await load()).open(page),
    drafts,
    waiting,
    discard: async (id) => (await load()).edits.discard(id),
    async forget(page) {
      if (coming !== undefined) await (await coming).forget(page);
    },
    told: (carets) => void coming?.then((pages) => pages.told(carets)).catch(deps.failed),
    reload: async (keys) => (await load()).edits.reload(keys),
    onOwnChange(listener) {
      ownListeners.add(listener);
      return () => void ownListeners.delete(listener);
    },
    own() {
      const own = { stop: (): void => undefined };
      owning = own;
      if (loaded !== undefined) own.stop = loaded.own();
      return () => {
        owning = undefined;
        own.stop();
      };
    },
    synced(replica, page, line) {
      lines.set(page, { replica, line });
      loaded?.synced(replica, page, line);
    },
    heard: (page, message) => loaded?.heard(page, message),
    lost(page) {
      lines.delete(page);
      loaded?.lost(page);
    },
  };
}

import type { Accessor } from "solid-js";

import type { PageId } from "#shared/ids.ts";

import type { LocalPages, OpenPage } from "./local.ts";
import type { View } from "./mirrors.ts";
import { createPagesLater, type PagesLater } from "./pages-later.ts";
import { pagesIn } from "./places-view.ts";
import type { Stores } from "./stores.ts";

export type SayCaret = (document: string, caret: Parameters<OpenPage["sayCaret"]>[0]) => void;

interface LocalPagesDependencies {
  readonly view: Accessor<View>;
  readonly say: SayCaret;
  readonly failed: (problem: unknown) => void;
}

/** The pages of an account on this device, and what of them is shown. */
export function createLocalPages(
  stores: Stores,
  { view, say, failed }: LocalPagesDependencies,
): {
  readonly pages: PagesLater;
  readonly shown: LocalPages;
} {
  const { mirrors } = stores;
  /** Of pages that are gone, too: what was written on them is kept under their titles. */
  const titles = new Map<PageId, string>();
  const learnTitles = (): void => mirrors.view().pages.forEach(({ id, title }) => titles.set(id, title));
  mirrors.onChange(learnTitles);
  learnTitles();
  const pages = createPagesLater({ ...stores, say, titleOf: (id) => titles.get(id) ?? "", failed });

  const { open, drafts, waiting, discard } = pages;
  return {
    pages,
    shown: {
      of: (community) => pagesIn(view(), community),
      find: (id) => view().pages.get(id),
      open,
      drafts,
      waiting,
      discard,
    },
  };
}

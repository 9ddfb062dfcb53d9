import { pageDocument } from "#shared/documents/names.ts";
import type { PageId } from "#shared/ids.ts";

import type { Mirrors } from "./mirrors.ts";
import type { Opened, Replicas } from "./replicas.ts";

/** More would keep a device busy that belongs to many communities. */
const KEPT = 30;
/** What is on screen comes first, in ms. */
const PAUSE = 2_000;

/** Keeps what is pinned current and at hand, also for the first time that somebody wants it without a network. */
export function keepPinned({
  mirrors,
  replicas,
}: {
  readonly mirrors: Mirrors;
  readonly replicas: Replicas;
}): () => void {
  const held = new Map<PageId, Opened>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function hold(): void {
    timer = undefined;
    const pinned = [...mirrors.view().pages.values()].filter((page) => page.pinned).slice(0, KEPT);
    const ids = new Set(pinned.map(({ id }) => id));
    for (const [id, { close }] of held) {
      if (ids.has(id)) continue;
      held.delete(id);
      close();
    }
    ids.forEach((id) => held.has(id) || held.set(id, replicas.open(pageDocument(id))));
  }

  const holdLater = (): void => void (timer ??= setTimeout(hold, PAUSE));
  const stop = mirrors.onChange(holdLater);
  holdLater();

  return () => {
    stop();
    clearTimeout(timer);
    held.forEach(({ close }) => close());
  };
}

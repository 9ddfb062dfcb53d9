import type { ChannelId, EntryId } from "#shared/ids.ts";

import type { PagesLater } from "./pages-later.ts";
import type { Stores } from "./stores.ts";
import type { SharedTable, TabBus } from "./tab-bus.ts";

/** Lets the tabs of an account see what each of them writes into the database. Answers how to stop. */
export function shareTables(
  bus: TabBus,
  { unsent, places, markers, drafts, pages }: Stores & { readonly pages: PagesLater },
): () => void {
  const tell = (table: SharedTable, keys: readonly string[]): void => bus.post({ type: "changed", table, keys });
  const reload = {
    unsent: (keys: readonly string[]) => unsent.reload(keys as EntryId[]),
    place: (keys: readonly string[]) => places.reload(keys as ChannelId[]),
    marker: (keys: readonly string[]) => markers.reload(keys as ChannelId[]),
    draft: (keys: readonly string[]) => drafts.reload(keys as ChannelId[]),
    page: (keys: readonly string[]) => pages.reload(keys),
  } satisfies Record<SharedTable, (keys: readonly string[]) => Promise<void>>;

  const stops = [
    bus.onMessage((message) => (message.type === "changed" ? void reload[message.table](message.keys) : undefined)),
    unsent.onOwnChange((ids) => tell("unsent", ids)),
    places.onChange((channels, stored) => (stored ? tell("place", channels) : undefined)),
    markers.onChange((channel, stored) => (stored ? tell("marker", [channel]) : undefined)),
    drafts.onChange((channel, stored) => (stored ? tell("draft", [channel]) : undefined)),
    pages.onOwnChange((keys) => tell("page", keys)),
  ];
  return () => stops.forEach((stop) => stop());
}

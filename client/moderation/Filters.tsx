import Keyboard from "lucide-solid/icons/keyboard";
import { For, type JSX } from "solid-js";

import { groundWords } from "#client/order/words.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Select } from "#client/ui/Select.tsx";
import { Tool } from "#client/ui/Tool.tsx";
import { grounds } from "#shared/entries/kinds/report.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";

import type { Queue } from "./create-queue.ts";
import { filtered, views, type QueueView } from "./filters.ts";

const labels: Readonly<Record<QueueView, string>> = {
  open: "Open",
  mine: "Mine",
  claimed: "Claimed",
  appeals: "Appeals",
  closed: "Closed",
};

/** Which cases are shown. */
export function Filters(props: { readonly queue: Queue; readonly community: CommunityId }): JSX.Element {
  const local = useLocal();
  const many = (view: QueueView) =>
    filtered(props.queue.cases(), { ...props.queue.filter(), view }, local.me().id, props.queue.placeOf).length;

  return (
    <div class="queue-filters">
      <div class="tabs-line" role="group" aria-label="Which cases">
        <For each={views}>
          {(view) => (
            <button
              type="button"
              aria-pressed={props.queue.filter().view === view}
              onClick={() => props.queue.setFilter({ view })}
            >
              {labels[view]} <span class="figure muted">{view === "closed" ? "" : many(view)}</span>
            </button>
          )}
        </For>
      </div>
      <div class="row-of narrow-filters">
        <Select
          label="Reason"
          quiet
          value={props.queue.filter().ground}
          options={[
            { value: "" as const, label: "Any reason" },
            ...grounds.map((ground) => ({ value: ground, label: capital(groundWords[ground]) })),
          ]}
          onChange={(ground) => props.queue.setFilter({ ground })}
        />
        <Select<ChannelId | "">
          label="Channel"
          quiet
          value={props.queue.filter().channel}
          options={[
            { value: "", label: "Any channel" },
            ...local.channelsOf(props.community).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(channel) => props.queue.setFilter({ channel })}
        />
        <Tool class="not-phone" label="Keys" icon={Keyboard} onClick={() => props.queue.ask("keys")} />
      </div>
    </div>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

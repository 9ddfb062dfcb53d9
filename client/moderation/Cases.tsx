import Flag from "lucide-solid/icons/flag";
import Scale from "lucide-solid/icons/scale";
import { createEffect, For, Show, type JSX } from "solid-js";

import { nameOf, placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { briefTime } from "#client/ui/times.ts";
import type { DeskCase } from "#shared/entries/desk.ts";

import { briefOf, titleOfPage } from "./case-words.ts";
import type { Queue } from "./create-queue.ts";
import { isAppeal } from "./filters.ts";

/** The cases, one line of facts and two of words each. */
export function Cases(props: { readonly queue: Queue }): JSX.Element {
  let element!: HTMLElement;
  createEffect(() => {
    const key = props.queue.current()?.case;
    element.querySelector(`[data-case="${CSS.escape(key ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
  });

  return (
    <nav class="cases" aria-label="Cases" ref={element} tabindex="-1">
      <For each={props.queue.shown().map((one) => one.case)}>
        {(key) => (
          <Show when={props.queue.shown().find((one) => one.case === key)}>
            {(one) => <CaseLine queue={props.queue} one={one()} />}
          </Show>
        )}
      </For>
    </nav>
  );
}

function CaseLine(props: { readonly queue: Queue; readonly one: DeskCase }): JSX.Element {
  const local = useLocal();
  const details = () => props.queue.details.of(props.one.case);
  const words = () => {
    const aim = details()?.messages.find(({ id }) => props.one.case.endsWith(id));
    if (aim !== undefined) return aim.kind === "removed" ? "removed by its author" : aim.body;
    const page = details()?.page;
    if (page !== undefined) return titleOfPage(page);
    return details()?.reports[0]?.note ?? "";
  };
  const where = () => {
    const channel = props.queue.placeOf(props.one);
    const place = channel && local.channel(channel);
    return place === undefined ? "" : placeName(local, place);
  };
  const held = () => {
    const [first] = props.one.holders;
    if (first === undefined) return where();
    return props.queue.isMine(props.one) ? "Yours" : `Claimed by ${nameOf(local, first.by)}`;
  };

  return (
    <div class="case-line">
      <label class="choice pick">
        <input
          type="checkbox"
          checked={props.queue.isMarked(props.one)}
          onChange={() => props.queue.mark(props.one)}
          aria-label={`Mark ${briefOf(props.one)} about ${nameOf(local, props.one.about)}`}
        />
      </label>
      <button
        type="button"
        class="case"
        data-case={props.one.case}
        aria-current={props.queue.current()?.case === props.one.case ? "true" : undefined}
        onClick={() => props.queue.open(props.one.case)}
      >
        <span class="note row-of case-kind" classList={{ danger: !isAppeal(props.one) && props.one.open }}>
          <Icon of={isAppeal(props.one) ? Scale : Flag} size="small" />
          <span class="clip">{briefOf(props.one)}</span>
        </span>
        <time class="mark muted">{briefTime(props.one.last, Date.now())}</time>
        <span class="lines" dir="auto">
          <b>{nameOf(local, props.one.about)}</b> {words()}
        </span>
        <span class="clip note muted">
          <bdi>{held()}</bdi>
        </span>
      </button>
    </div>
  );
}

import { For, Show } from "solid-js";

import { messagePath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { count, plural } from "#client/ui/times.ts";
import { sayDay } from "#client/ui/say-time.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";
import { DataTable } from "./DataTable.tsx";

type Popular = Report<"popular">;

/** Where most is going on, and what called forth most. `places`: what they are called here. */
export const Popular = (props: { readonly report: Popular; readonly places: string }) => (
  <>
    <Show when={props.report.places.length > 0}>
      <div class="report-grid pt-6" classList={{ one: props.report.places.length === 1 }}>
        <Show when={props.report.places.length > 1}>
          <Chart
            title={props.places}
            note="By what was written."
            bars={{
              labels: props.report.places.map(({ name }) => shortened(name)),
              values: props.report.places.map(({ messages }) => messages),
            }}
          />
        </Show>
        <DataTable
          caption={`${props.places} by what was written`}
          columns={[
            { name: "Name", said: true, cell: (line) => <bdi>{line.name}</bdi> },
            { name: "Messages", cell: (line) => count(line.messages) },
            { name: "People", cell: (line) => count(line.writers) },
            { name: "Answers", cell: (line) => count(line.replies) },
            { name: "Reactions", cell: (line) => count(line.reactions) },
          ]}
          lines={props.report.places}
        />
      </div>
    </Show>
    <Show when={props.report.messages.length > 0}>
      <section class="pt-8">
        <h3 class="title pb-3">What called forth most</h3>
        <ol class="ends-line">
          <For each={props.report.messages}>{(message) => <Called message={message} />}</For>
        </ol>
      </section>
    </Show>
  </>
);

function Called(props: { readonly message: Popular["messages"][number] }) {
  const local = useLocal();
  const place = () => local.channel(props.message.channel);
  const said = () => [
    ...(props.message.replies > 0 ? [plural(props.message.replies, "answer")] : []),
    ...(props.message.reactions > 0 ? [plural(props.message.reactions, "reaction")] : []),
  ];

  return (
    <li class="called">
      <Show when={place()} fallback={<span dir="auto">{props.message.excerpt}</span>}>
        {(found) => (
          <a href={messagePath(found(), props.message)} dir="auto">
            {props.message.excerpt}
          </a>
        )}
      </Show>
      <span class="note muted">{said().join(", ")}</span>
      <span class="note muted">
        <bdi>{props.message.name}</bdi>, <time>{sayDay(props.message.at)}</time>
        <Show when={place()}>
          {(found) => (
            <>
              {" in "}
              <bdi>{found().name}</bdi>
            </>
          )}
        </Show>
      </span>
    </li>
  );
}

const shortened = (name: string): string => (name.length > 10 ? `${name.slice(0, 9)}…` : name);

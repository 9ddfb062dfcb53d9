import { For, Show } from "solid-js";

import { count, plural } from "#client/ui/times.ts";
import type { Health } from "#shared/protocol/http/admin/installation.ts";

/** 3 s, 14 min, 2 h */
export function sayLag(ms: number): string {
  if (ms < 60_000) return `${Math.max(1, Math.round(ms / 1_000))} s`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

/** What those are called here that have a name of their own in the code. */
const names: Readonly<Record<string, string>> = {
  timeline: "Messages and search",
  markers: "Read markers",
  pages: "Pages",
  reports: "Reported things",
  desks: "Desks",
};

/** How far each projection has read the journal, and which documents keep it. */
export const Projections = (props: { readonly health: Health }) => (
  <section>
    <h2 class="title">Projections</h2>
    <For each={props.health.projections}>
      {(projection) => (
        <div class="well-kept">
          <b>{names[projection.name] ?? projection.name}</b>
          <p class="note muted">
            <Show
              when={projection.behind > 0}
              fallback={`${plural(projection.documents, "document")}, each to its end`}
            >
              {plural(projection.updates, "update")} of {count(projection.behind)} in{" "}
              {plural(projection.documents, "document")} to read
            </Show>
          </p>
          <span class="note" classList={{ "text-success": projection.behind === 0 }}>
            {projection.behind === 0
              ? "up to date"
              : projection.since === undefined
                ? "behind"
                : `${sayLag(props.health.at - projection.since)} behind`}
          </span>
        </div>
      )}
    </For>
    <Show when={props.health.lagging.length > 0}>
      <table class="table mt-4">
        <caption class="note muted">Documents that are behind, the longest first</caption>
        <thead>
          <tr>
            <th scope="col">Document</th>
            <th scope="col">Updates</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.health.lagging}>
            {(document) => (
              <tr>
                <td>
                  <code>{document.document}</code> <span class="note muted">{document.projection}</span>
                </td>
                <td class="figure">{count(document.updates)}</td>
                <td class="figure">
                  {document.since === undefined ? "long" : sayLag(props.health.at - document.since)}
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  </section>
);

import { For, Show } from "solid-js";

import { useLaterApi } from "#client/api/use-later-api.ts";
import { adminCommunityPath } from "#client/paths.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { count, plural, timeOfDay } from "#client/ui/times.ts";
import type { Activity } from "#shared/protocol/http/admin/installation.ts";
import type { CommunityId } from "#shared/ids.ts";

import { AdminSheet } from "./AdminSheet.tsx";
import { createWatch } from "./create-watch.ts";
import { Spark } from "./Spark.tsx";

const EVERY = 5_000;

/** What is going on just now, in figures: nobody's words and nobody's conversations. */
export function ActivityPage() {
  const api = useLaterApi();
  const activity = createWatch(() => api.activity(), EVERY);

  return (
    <AdminSheet
      title="Live activity"
      topic={
        <Show when={activity.now()}>
          {(now) => (
            <>
              as of <time>{timeOfDay(now().at)}</time>, every 5 s
            </>
          )}
        </Show>
      }
    >
      <div class="report">
        <FormProblem problem={activity.problem()} />
        <Show when={activity.now()}>{(now) => <Now activity={now()} />}</Show>
      </div>
    </AdminSheet>
  );
}

function Now(props: { readonly activity: Activity }) {
  const minutes = () => props.activity.perMinute;
  const lastHour = () => minutes().reduce((sum, messages) => sum + messages, 0);
  const newest = () => minutes().at(-2) ?? 0;

  return (
    <div class="report-grid even">
      <section>
        <h2 class="title">Now</h2>
        <dl class="now">
          <dt>People here</dt>
          <dd class="figure">{count(props.activity.people)}</dd>
          <dt>Open connections</dt>
          <dd class="figure">{count(props.activity.sockets)}</dd>
        </dl>
        <div class="pulse">
          <span class="note">Messages a minute</span>
          <Spark
            values={minutes()}
            label={`Messages a minute over the last hour, ${plural(lastHour(), "message")} in all, ${newest()} in the last whole minute`}
          />
          <span class="figure">{count(newest())}</span>
        </div>
        <p class="note muted">
          {plural(lastHour(), "message")} in the last hour. What was written offline counts where it was written.
        </p>
      </section>
      <section>
        <h2 class="title">Where</h2>
        <Show
          when={props.activity.communities.length > 0}
          fallback={<p class="muted">Nobody has written in a community in the last hour.</p>}
        >
          <table class="table">
            <caption class="hush">Messages of the last hour by community</caption>
            <thead>
              <tr>
                <th scope="col">Community</th>
                <th scope="col">Messages</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.activity.communities}>
                {(community) => (
                  <tr>
                    <td>
                      <a href={adminCommunityPath(community.id as CommunityId)}>
                        <bdi>{community.name}</bdi>
                      </a>
                    </td>
                    <td class="figure">{count(community.messages)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </Show>
      </section>
    </div>
  );
}

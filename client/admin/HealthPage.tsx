import CircleCheck from "lucide-solid/icons/circle-check";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, Show } from "solid-js";

import { useLaterApi } from "#client/api/use-later-api.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Notice } from "#client/ui/Notice.tsx";
import { plural, timeOfDay } from "#client/ui/times.ts";
import type { Health } from "#shared/protocol/http/admin/installation.ts";

import { AdminSheet } from "./AdminSheet.tsx";
import { createWatch } from "./create-watch.ts";
import { FailedJobs } from "./FailedJobs.tsx";
import { Machines } from "./Machines.tsx";
import { Projections } from "./Projections.tsx";
import { wantsOf } from "./wants.ts";

const EVERY = 10_000;

/** How everything does that people do not see: first what wants somebody, then the figures. */
export function HealthPage() {
  const api = useLaterApi();
  const health = createWatch(() => api.health(), EVERY);

  return (
    <AdminSheet
      title="Health"
      topic={
        <Show when={health.now()}>
          {(now) => (
            <>
              as of <time>{timeOfDay(now().at)}</time>, every 10 s
            </>
          )}
        </Show>
      }
    >
      <div class="report">
        <FormProblem problem={health.problem()} />
        <Show when={health.now()}>
          {(now) => (
            <>
              <Wants health={now()} />
              <div class="report-grid even">
                <Projections health={now()} />
                <Machines health={now()} />
                <FailedJobs health={now()} onRetried={() => void health.ask()} />
                <Owed health={now()} />
              </div>
            </>
          )}
        </Show>
      </div>
    </AdminSheet>
  );
}

function Wants(props: { readonly health: Health }) {
  const wants = () => wantsOf(props.health);
  const title = () => {
    if (wants().length === 0) return "Nothing wants you";
    return wants().length === 1 ? "One thing wants you" : `${wants().length} things want you`;
  };

  return (
    <section class="stack" style={{ "--gap": "var(--space-3)" }} aria-live="polite">
      <h2 class="head">{title()}</h2>
      <For
        each={wants()}
        fallback={
          <Notice icon={CircleCheck}>Everything that was said is where it belongs, and every process answers.</Notice>
        }
      >
        {(want) => (
          <Notice kind="warning" icon={TriangleAlert} title={want.title}>
            {want.text}
          </Notice>
        )}
      </For>
    </section>
  );
}

const names: Readonly<Record<string, string>> = {
  mirrors: "Documents that show an older state of the tables",
  notices: "Notices that are to be said in channels",
  erasures: "Documents from which something is to be erased",
  deletions: "Communities whose day has come",
};

const Owed = (props: { readonly health: Health }) => (
  <section>
    <h2 class="title">Still to be done</h2>
    <For each={props.health.owed}>
      {(debt) => (
        <div class="well-kept wide">
          <span>{names[debt.name] ?? debt.name}</span>
          <span class="figure" classList={{ "text-success": debt.count === 0 }}>
            {debt.count === 0 ? "none" : debt.count}
          </span>
        </div>
      )}
    </For>
    <div class="well-kept wide">
      <span>Acts that are not in the audit trail's chain yet</span>
      <span class="figure" classList={{ "text-success": props.health.audit.waiting === 0 }}>
        {props.health.audit.waiting === 0 ? "none" : props.health.audit.waiting}
      </span>
    </div>
    <p class="note muted pt-2">{plural(props.health.audit.chained, "act")} in the chain.</p>
  </section>
);

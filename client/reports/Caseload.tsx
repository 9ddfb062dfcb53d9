import { Show } from "solid-js";

import { count } from "#client/ui/times.ts";
import type { Report, Step } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";
import { DataTable } from "./DataTable.tsx";
import { Figures } from "./Figures.tsx";
import { byStep, sayStep, sayStepShortly, sayWait, stepNames, waitTicks } from "./say.ts";

/** What people brought before moderators, and how long it waited. */
export function Caseload(props: { readonly load: Report<"moderation">["caseload"]; readonly by: Step }) {
  const total = () => props.load.total;
  const of = (what: "reported" | "median") => ({
    labels: props.load.steps.map(({ start }) => sayStepShortly(start, props.by)),
    values: props.load.steps.map((step) => step[what]),
  });

  return (
    <>
      <Figures
        figures={[
          { name: "Cases waiting now", value: count(total().open) },
          { name: "Reports and appeals", value: count(total().reported) },
          { name: "Cases settled", value: count(total().settled) },
          { name: "Half of them within", value: sayWait(total().median) },
        ]}
      />
      <Show when={total().reported + total().settled > 0}>
        <div class="report-grid">
          <div class="stack" style={{ "--gap": "var(--space-6)" }}>
            <Chart title="Reports and appeals" note={`${byStep[props.by]}, as they came in.`} bars={of("reported")} />
            <Show when={total().settled > 0}>
              <Chart
                title="Time until it was settled"
                note={`${byStep[props.by]}: within which time half of what was settled had a decision.`}
                bars={of("median")}
                say={sayWait}
                ticks={waitTicks}
                height={140}
              />
            </Show>
          </div>
          <DataTable
            caption="What was reported and settled, and how long it waited"
            columns={[
              { name: stepNames[props.by], cell: (line) => sayStep(line.start, props.by) },
              { name: "Reported", cell: (line) => count(line.reported) },
              { name: "Settled", cell: (line) => count(line.settled) },
              { name: "Half within", cell: (line) => sayWait(line.median) },
              { name: "9 of 10 within", cell: (line) => sayWait(line.ninth) },
            ]}
            lines={props.load.steps.toReversed()}
          />
        </div>
      </Show>
    </>
  );
}

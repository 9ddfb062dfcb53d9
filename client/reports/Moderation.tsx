import { Show } from "solid-js";

import { count } from "#client/ui/times.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Caseload } from "./Caseload.tsx";
import { Chart } from "./Chart.tsx";
import { DataTable } from "./DataTable.tsx";
import { Figures } from "./Figures.tsx";
import { byStep, sayStep, sayStepShortly, sayWait, stepNames } from "./say.ts";

/** What came to moderators, what they did, and how quick they were. */
export function Moderation(props: { readonly report: Report<"moderation"> }) {
  const sum = (what: "hidden" | "restored") => count(props.report.steps.reduce((all, step) => all + step[what], 0));

  return (
    <>
      <Caseload load={props.report.caseload} by={props.report.by} />
      <Figures
        figures={[
          { name: "Messages hidden", value: sum("hidden") },
          { name: "Shown again", value: sum("restored") },
          { name: "Moderators who acted", value: count(props.report.moderators.length) },
        ]}
      />
      <Show when={props.report.moderators.length > 0}>
        <div class="report-grid">
          <Chart
            title="Messages hidden"
            note={`${byStep[props.report.by]}.`}
            bars={{
              labels: props.report.steps.map(({ start }) => sayStepShortly(start, props.report.by)),
              values: props.report.steps.map(({ hidden }) => hidden),
            }}
          />
          <DataTable
            caption="What was hidden and shown again, and how long it had stood there"
            columns={[
              { name: stepNames[props.report.by], cell: (line) => sayStep(line.start, props.report.by) },
              { name: "Hidden", cell: (line) => count(line.hidden) },
              { name: "Shown again", cell: (line) => count(line.restored) },
              { name: "Half within", cell: (line) => sayWait(line.median) },
            ]}
            lines={props.report.steps.toReversed()}
          />
        </div>
        <div class="report-grid one">
          <section>
            <h3 class="title">Who did it</h3>
            <DataTable
              caption="What each moderator did"
              columns={[
                { name: "Moderator", said: true, cell: (line) => <bdi>{line.name}</bdi> },
                { name: "Hidden", cell: (line) => count(line.hidden) },
                { name: "Shown again", cell: (line) => count(line.restored) },
                { name: "Half within", cell: (line) => sayWait(line.median) },
              ]}
              lines={props.report.moderators}
            />
          </section>
        </div>
      </Show>
    </>
  );
}

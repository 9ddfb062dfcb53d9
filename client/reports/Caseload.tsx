import { count } from "#client/ui/times.ts";
import type { Report, Step } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";
import { DataTable } from "./DataTable.tsx";
import { Figures } from "./Figures.tsx";
import { byStep, sayStep, sayStepShortly, sayWait, stepNames } from "./say.ts";

/** What people brought before moderators, and how long it waited. */
export const Caseload = (props: { readonly load: Report<"moderation">["caseload"]; readonly by: Step }) => (
  <>
    <Figures
      figures={[
        { name: "Reports and appeals", value: count(props.load.total.reported) },
        { name: "Cases settled", value: count(props.load.total.settled) },
        { name: "Half of them within", value: sayWait(props.load.total.median) },
        { name: "Cases waiting now", value: count(props.load.total.open) },
      ]}
    />
    <div class="report-grid">
      <Chart
        title="Reports and appeals"
        note={`${byStep[props.by]}, as they came in.`}
        bars={{
          labels: props.load.steps.map(({ start }) => sayStepShortly(start, props.by)),
          values: props.load.steps.map(({ reported }) => reported),
        }}
      />
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
  </>
);

import { count } from "#client/ui/times.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";
import { DataTable } from "./DataTable.tsx";
import { Figures } from "./Figures.tsx";
import { byStep, sayStep, sayStepShortly, sayWait, stepNames, waitTicks } from "./say.ts";

/** How long people wait for an answer. */
export const Answering = (props: { readonly report: Report<"answering"> }) => (
  <>
    <Figures
      figures={[
        { name: "Messages that somebody answered", value: count(props.report.total.answered) },
        { name: "Half of them within", value: sayWait(props.report.total.median) },
        { name: "Nine of ten within", value: sayWait(props.report.total.ninth) },
      ]}
    />
    <div class="report-grid">
      <Chart
        title="Time to the first answer"
        note={`${byStep[props.report.by]}: within which time half of those that were answered had an answer.`}
        bars={{
          labels: props.report.steps.map(({ start }) => sayStepShortly(start, props.report.by)),
          values: props.report.steps.map(({ median }) => median),
        }}
        say={sayWait}
        ticks={waitTicks}
      />
      <DataTable
        caption="Answered messages, and how long it took"
        columns={[
          { name: stepNames[props.report.by], cell: (line) => sayStep(line.start, props.report.by) },
          { name: "Answered", cell: (line) => count(line.answered) },
          { name: "Half within", cell: (line) => sayWait(line.median) },
          { name: "9 of 10 within", cell: (line) => sayWait(line.ninth) },
        ]}
        lines={props.report.steps.toReversed()}
      />
    </div>
  </>
);

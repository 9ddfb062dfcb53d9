import { Show } from "solid-js";

import { count } from "#client/ui/times.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { BusiestHours } from "./BusiestHours.tsx";
import { Chart } from "./Chart.tsx";
import { DataTable } from "./DataTable.tsx";
import { Figures } from "./Figures.tsx";
import { byStep, sayDate, sayStep, sayStepShortly, stepNames } from "./say.ts";

type Engagement = Report<"engagement">;
type Step = Engagement["steps"][number];

/** Who was here, and what they did. */
export function Engagement(props: { readonly report: Engagement; readonly hours: Report<"hours"> | undefined }) {
  const of = (what: "messages" | "active") => ({
    labels: props.report.steps.map(({ start }) => sayStepShortly(start, props.report.by)),
    values: props.report.steps.map((step) => step[what]),
  });
  const step = (line: Step) => sayStep(line.start, props.report.by);
  const busiest = () => {
    const most = props.report.steps.reduce((best, one) => (one.messages > best.messages ? one : best));
    return most.messages === 0 ? "" : ` ${step(most)} was the busiest, with ${count(most.messages)}.`;
  };

  return (
    <>
      <Figures
        figures={[
          { name: "Messages", value: count(props.report.total.messages) },
          { name: "People who wrote", value: count(props.report.total.writers) },
          { name: "Answers", value: count(props.report.total.replies) },
          {
            name: "Busiest day",
            value: count(props.hours?.busiest?.messages ?? 0),
            note: props.hours?.busiest ? sayDate(props.hours.busiest.day) : undefined,
          },
        ]}
      />
      <div class="report-grid">
        <div class="stack" style={{ "--gap": "var(--space-6)" }}>
          <Chart title="Messages" note={`${byStep[props.report.by]}.${busiest()}`} bars={of("messages")} />
          <Chart
            title="People who wrote or reacted"
            note={`${byStep[props.report.by]}.`}
            bars={of("active")}
            height={140}
          />
        </div>
        <DataTable
          caption="Messages, people, answers and reactions"
          columns={[
            { name: stepNames[props.report.by], cell: step },
            { name: "Messages", cell: (line) => count(line.messages) },
            { name: "People", cell: (line) => count(line.active) },
            { name: "Answers", cell: (line) => count(line.replies) },
            { name: "Reactions", cell: (line) => count(line.reactions) },
          ]}
          lines={props.report.steps.toReversed()}
        />
      </div>
      <Show when={props.hours}>{(hours) => <BusiestHours report={hours()} />}</Show>
    </>
  );
}

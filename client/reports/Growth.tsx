import { Show } from "solid-js";

import { count } from "#client/ui/times.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";
import { DataTable, type Column } from "./DataTable.tsx";
import { Figures } from "./Figures.tsx";
import { byStep, sayStep, sayStepShortly, stepNames } from "./say.ts";

type Growth = Report<"growth">;
type Step = Growth["steps"][number];

/** Who came and went. `members`: what they are called here. */
export function Growth(props: { readonly report: Growth; readonly members: string }) {
  const steps = () => props.report.steps;
  const last = () => steps().at(-1);
  const knowsMembers = () => last()?.members !== undefined;
  const sum = (what: "newcomers" | "joined" | "left") =>
    count(steps().reduce((all, step) => all + (step[what] ?? 0), 0));
  const of = (what: "newcomers" | "members") => ({
    labels: steps().map(({ start }) => sayStepShortly(start, props.report.by)),
    values: steps().map((step) => step[what] ?? 0),
  });
  const columns = (): readonly Column<Step>[] => [
    { name: stepNames[props.report.by], cell: (line) => sayStep(line.start, props.report.by) },
    { name: "First words", cell: (line) => count(line.newcomers) },
    ...(knowsMembers()
      ? ([
          { name: "Came", cell: (line) => count(line.joined ?? 0) },
          { name: "Left", cell: (line) => count(line.left ?? 0) },
          { name: props.members, cell: (line) => count(line.members ?? 0) },
        ] satisfies readonly Column<Step>[])
      : []),
  ];

  return (
    <>
      <Figures
        figures={[
          { name: "Spoke up for the first time", value: sum("newcomers") },
          ...(knowsMembers()
            ? [
                { name: "Came", value: sum("joined") },
                { name: "Left", value: sum("left") },
                { name: `${props.members} at the end`, value: count(last()?.members ?? 0) },
              ]
            : []),
        ]}
      />
      <div class="report-grid">
        <div class="stack" style={{ "--gap": "var(--space-6)" }}>
          <Chart
            title="First words"
            note={`${byStep[props.report.by]}: people who wrote here for the first time.`}
            bars={of("newcomers")}
          />
          <Show when={steps().some(({ members = 0 }) => members > 0)}>
            <Chart title={props.members} note="At the end of each step." bars={of("members")} height={140} />
          </Show>
        </div>
        <DataTable caption="Who came and went" columns={columns()} lines={steps().toReversed()} />
      </div>
    </>
  );
}

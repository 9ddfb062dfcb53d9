import { For } from "solid-js";

import { count } from "#client/ui/times.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";
import { sayPercent, sayStep, stepNames } from "./say.ts";

type Retention = Report<"retention">;
const DARKEST = 45;

/** Who stays: of those who were new in a step, how many came again, step for step. */
export function Retention(props: { readonly report: Retention }) {
  const cohorts = () => props.report.cohorts.filter(({ active }) => (active[0] ?? 0) > 0);
  const laters = () =>
    Array.from({ length: Math.max(0, ...cohorts().map(({ active }) => active.length)) }, (_, n) => n);
  const steps = () => `${props.report.by}s`;
  // Most never come again: what is told apart by its shade are those who do.
  const most = () =>
    Math.max(...cohorts().flatMap(({ active }) => active.slice(1).map((part) => share(part, active[0]))));
  const shade = (part: number | undefined, whole: number | undefined) =>
    Math.round((share(part, whole) / Math.max(most(), 0.01)) * DARKEST);

  return (
    <div class="stack pt-6" style={{ "--gap": "var(--space-8)" }}>
      <Chart
        title="Came again"
        note={`Of all who were new, how many wrote or reacted so many ${steps()} later.`}
        bars={{
          labels: laters().slice(1).map(String),
          values: laters()
            .slice(1)
            .map((later) => shareAfter(cohorts(), later)),
        }}
        say={(share) => `${Math.round(share * 10) / 10}%`}
      />
      <div class="table-place" tabindex="0" role="region" aria-label="Who stays">
        <table class="table shaded">
          <caption class="hush">Of those who were new, how many came again so many {steps()} later</caption>
          <thead>
            <tr>
              <th scope="col">{stepNames[props.report.by]}</th>
              <th scope="col">New</th>
              <For each={laters().slice(1)}>
                {(later) => (
                  <th scope="col">
                    <span class="hush">{steps()} later: </span>
                    {later}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={cohorts().toReversed()}>
              {({ start, active }) => (
                <tr>
                  <th scope="row">{sayStep(start, props.report.by)}</th>
                  <td style={{ "--much": "0%" }}>{count(active[0] ?? 0)}</td>
                  <For each={laters().slice(1)}>
                    {(later) => (
                      <td style={{ "--much": `${shade(active[later], active[0])}%` }}>
                        {active[later] === undefined ? "" : sayPercent(active[later] ?? 0, active[0] ?? 0)}
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </div>
  );
}

const share = (part = 0, whole = 0): number => (whole === 0 ? 0 : part / whole);

/** In percent, of those whose time has come. */
function shareAfter(cohorts: Retention["cohorts"], later: number): number | null {
  const old = cohorts.filter(({ active }) => active.length > later);
  const sum = (step: number) => old.reduce((all, { active }) => all + (active[step] ?? 0), 0);
  return sum(0) === 0 ? null : (sum(later) / sum(0)) * 100;
}

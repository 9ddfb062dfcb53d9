import { For } from "solid-js";

import { count } from "#client/ui/times.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Chart } from "./Chart.tsx";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));
/** Text on the darkest cell can still be read. */
const DARKEST = 45;

/** When people write: by the hour, and for each day of the week. */
export function BusiestHours(props: { readonly report: Report<"hours"> }) {
  const ofDay = () => HOURS.map((_, hour) => props.report.week.reduce((sum, day) => sum + (day[hour] ?? 0), 0));
  const most = () => Math.max(1, ...props.report.week.flat());
  const cell = (day: number, hour: number) => props.report.week[day]?.[hour] ?? 0;

  return (
    <div class="report-grid">
      <Chart
        title="Busiest hours"
        note={`All messages by hour of day, ${props.report.zone.replaceAll("_", " ")}`}
        bars={{ labels: HOURS, values: ofDay() }}
        height={140}
      />
      <div class="table-place" tabindex="0" role="region" aria-label="Messages by hour and weekday">
        <table class="table shaded">
          <caption class="hush">Messages by hour and weekday</caption>
          <thead>
            <tr>
              <th scope="col">Hour</th>
              <For each={WEEKDAYS}>{(day) => <th scope="col">{day}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={HOURS}>
              {(hour, at) => (
                <tr>
                  <th scope="row">{hour}</th>
                  <For each={WEEKDAYS}>
                    {(_, day) => (
                      <td style={{ "--much": `${Math.round((cell(day(), at()) / most()) * DARKEST)}%` }}>
                        {count(cell(day(), at()))}
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

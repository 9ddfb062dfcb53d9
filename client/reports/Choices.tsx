import { createSignal, Show } from "solid-js";

import { Select } from "#client/ui/Select.tsx";
import { steps, type Report, type Step } from "#shared/protocol/http/reports.ts";

import { byStep } from "./say.ts";
import { daysBefore, inZone, isFewEnough, todayIn, usualStep, type View } from "./view.ts";

interface Props {
  readonly view: View;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  /** What there is at all, once it is known. */
  readonly known: Report<"engagement">["known"] | undefined;
  /** Of reports that are not in steps the step is not asked. */
  readonly stepped: boolean;
  readonly onChange: (view: View) => void;
}

type Range = "30" | "90" | "365" | "all" | "other";

/** What is reported on: where, when, in which steps, by whose clocks. */
export function Choices(props: Props) {
  const [isOpen, setOpen] = createSignal(false);
  const today = () => todayIn(props.view.zone, Date.now());
  const range = (): Range => (isOpen() ? "other" : rangeOf(props.view, today(), props.known));
  // Another range has other usual steps; the chosen ones stay only where they are chosen.
  const change = (part: Partial<View>) => {
    const view = { ...props.view, ...part };
    props.onChange(part.by === undefined ? { ...view, by: usualStep(view) } : view);
  };

  function choose(chosen: Range): void {
    setOpen(chosen === "other");
    if (chosen === "all" && props.known) change({ from: props.known.first, to: props.known.last });
    else if (chosen !== "other" && chosen !== "all")
      change({ from: daysBefore(today(), Number(chosen) - 1), to: today() });
  }

  return (
    <div class="report-choices">
      <Show when={props.channels.length > 0}>
        <Select
          label="Channel"
          quiet
          value={props.view.channel ?? ""}
          options={[
            { value: "", label: "All channels" },
            ...props.channels.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(channel) => props.onChange({ ...props.view, channel: channel === "" ? undefined : channel })}
        />
      </Show>
      <Select
        label="Range"
        quiet
        value={range()}
        options={[
          { value: "30", label: "Last 30 days" },
          { value: "90", label: "Last 90 days" },
          { value: "365", label: "Last 12 months" },
          ...(props.known ? [{ value: "all" as const, label: sayAll(props.known) }] : []),
          { value: "other", label: "Other days" },
        ]}
        onChange={choose}
      />
      <Show when={range() === "other"}>
        <Day label="First day" value={props.view.from} max={props.view.to} onChange={(from) => change({ from })} />
        <Day label="Last day" value={props.view.to} min={props.view.from} onChange={(to) => change({ to })} />
      </Show>
      <Show when={props.stepped}>
        <Select
          label="Steps"
          quiet
          value={props.view.by}
          options={stepsFor(props.view).map((step) => ({ value: step, label: byStep[step] }))}
          onChange={(by) => change({ by })}
        />
      </Show>
      <Select
        label="Time zone"
        quiet
        value={props.view.zone}
        options={zonesWith(props.view.zone).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        onChange={(zone) => props.onChange(inZone(props.view, zone, Date.now()))}
      />
    </div>
  );
}

const stepsFor = (view: View): readonly Step[] => steps.filter((step) => step === view.by || isFewEnough(step, view));

function rangeOf({ from, to }: View, today: string, known: Props["known"]): Range {
  if (known && from === known.first && to === known.last) return "all";
  const days = (["30", "90", "365"] as const).find((count) => from === daysBefore(to, Number(count) - 1));
  return to === today && days !== undefined ? days : "other";
}

const sayAll = ({ first, last }: { readonly first: string; readonly last: string }): string => {
  const [from, to] = [first.slice(0, 4), last.slice(0, 4)];
  return from === to ? `All of ${from}` : `${from} to ${to}`;
};

function zonesWith(zone: string): readonly string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([zone, own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly min?: string;
  readonly max?: string;
  readonly onChange: (date: string) => void;
}

/** Half a date is no answer yet. */
const Day = (props: DayProps) => (
  <label>
    <span class="hush">{props.label}</span>
    <input
      class="field"
      type="date"
      required
      value={props.value}
      min={props.min ?? "1970-01-01"}
      max={props.max ?? "2199-12-31"}
      onChange={(event) => event.currentTarget.checkValidity() && props.onChange(event.currentTarget.value)}
    />
  </label>
);

import ChartColumn from "lucide-solid/icons/chart-column";
import { Show } from "solid-js";

import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import type { Report } from "#shared/protocol/http/reports.ts";

import { sayDate } from "./say.ts";
import { usualStep, type Tab, type View } from "./view.ts";

interface Props {
  readonly view: View;
  readonly known: Report<"engagement">["known"];
  readonly onShow: (view: View) => void;
}

const nothing: Record<Tab, string> = {
  engagement: "Nothing was written",
  growth: "Nobody came",
  retention: "Nobody was new",
  moderation: "Nothing was reported or hidden",
  answering: "Nothing was answered",
  popular: "Nothing was answered or liked",
};

/** A range in which there is nothing, and the way to where there is something. */
export function Nothing(props: Props) {
  const elsewhere = () => {
    const { known, view } = props;
    return known !== null && (known.first < view.from || known.last > view.to) ? known : undefined;
  };
  const show = ({ first: from, last: to }: { readonly first: string; readonly last: string }) => {
    const view = { ...props.view, from, to };
    props.onShow({ ...view, by: usualStep(view) });
  };

  return (
    <EmptyState
      icon={ChartColumn}
      title={nothing[props.view.tab]}
      text={`From ${sayDate(props.view.from)} to ${sayDate(props.view.to)} there is nothing to count${elsewhere() === undefined ? " yet" : ""}.`}
    >
      <Show when={elsewhere()}>
        {(known) => (
          <Button onClick={() => show(known())}>
            Show {sayDate(known().first)} to {sayDate(known().last)}
          </Button>
        )}
      </Show>
    </EmptyState>
  );
}

/** Whether a report has nothing to show. */
export function isEmpty(tab: Tab, report: object): boolean {
  const told = report as Partial<
    Report<"engagement"> & Report<"answering"> & Report<"retention"> & Report<"popular"> & Report<"moderation">
  >;
  if (tab === "engagement") return told.total?.active === 0;
  if (tab === "answering") return told.total?.answered === 0;
  if (tab === "retention") return told.cohorts?.every(({ active }) => active[0] === 0) === true;
  if (tab === "popular") return told.messages?.length === 0 && told.places?.length === 0;
  if (tab === "moderation") return told.moderators?.length === 0 && hasNoCases(told.caseload);
  return false;
}

const hasNoCases = (load: Report<"moderation">["caseload"] | undefined): boolean =>
  load?.total.reported === 0 && load.total.settled === 0 && load.total.open === 0;

import type { LucideIcon } from "lucide-solid";
import { Show, type JSX } from "solid-js";

import type { Pages } from "#client/api/create-pages.ts";
import { ADMIN } from "#client/paths.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";

import { AdminSheet } from "./AdminSheet.tsx";
import type { Finding } from "./create-finding.ts";
import { StateTabs } from "./StateTabs.tsx";

interface Props<State extends string> {
  readonly title: string;
  /** Its address, below that of the administration. */
  readonly name: string;
  readonly topic: (all: number) => string;
  readonly tools?: JSX.Element;
  readonly finding: Finding<State>;
  readonly labels: Readonly<Record<State, string>>;
  readonly field: { readonly label: string; readonly placeholder: string };
  readonly pages: Omit<Pages<unknown>, "change">;
  readonly empty: { readonly icon: LucideIcon; readonly title: string; readonly text: string };
  /** The table of what was found. */
  readonly children: JSX.Element;
}

/** A list in which something is found by its name and its state. */
export function FindSheet<State extends string>(props: Props<State>) {
  return (
    <AdminSheet
      title={props.title}
      topic={<Show when={props.finding.counts()}>{(known) => <>{props.topic(known().all)}</>}</Show>}
      tools={props.tools}
      tabs={
        <StateTabs
          label={props.title}
          base={`${ADMIN}/${props.name}`}
          states={props.finding.states}
          labels={props.labels}
          counts={props.finding.counts()}
          here={props.finding.asked().state}
        />
      }
    >
      <div class="gutter">
        <div class="filters">
          <FindField {...props.field} value={props.finding.words()} onInput={props.finding.look} />
        </div>
        <div class="py-2">
          <FormProblem problem={props.pages.trouble()} />
        </div>
        <Show when={props.pages.items()?.length !== 0} fallback={<EmptyState {...props.empty} />}>
          {props.children}
        </Show>
        <More pages={props.pages} />
      </div>
    </AdminSheet>
  );
}

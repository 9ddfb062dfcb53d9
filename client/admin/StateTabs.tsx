import { Tabs } from "#client/ui/Tabs.tsx";

interface Props<State extends string> {
  readonly label: string;
  /** Where all of them are. */
  readonly base: string;
  readonly states: readonly State[];
  readonly labels: Readonly<Record<State, string>>;
  readonly counts: Readonly<Record<"all" | State, number>> | undefined;
  readonly here: State | undefined;
}

/** All of them, or those in one state; each view has an address. */
export function StateTabs<State extends string>(props: Props<State>) {
  const tabOf = (state: State | "all", label: string) => ({
    href: state === "all" ? props.base : `${props.base}?state=${state}`,
    label,
    here: (props.here ?? "all") === state,
    ...(props.counts === undefined ? {} : { count: props.counts[state] }),
  });

  return (
    <div class="gutter-tabs">
      <Tabs
        label={props.label}
        tabs={[tabOf("all", "All"), ...props.states.map((state) => tabOf(state, props.labels[state]))]}
      />
    </div>
  );
}

import { Match, Switch, type JSX } from "solid-js";

import { later } from "#client/ui/later.tsx";
import { count, dateLine, timeOfDay } from "#client/ui/times.ts";

import type { LiveLine } from "./create-live-lines.ts";
import type { Line } from "./lines.ts";
import { RowView } from "./Row.tsx";

const Edge = later(async () => (await import("./Edge.tsx")).Edge);

interface Props {
  readonly line: LiveLine;
  /** How many rows are loaded. */
  readonly rows: number;
  readonly stop: boolean;
  readonly found: boolean;
}

type Of<Kind extends Line["kind"]> = Extract<Line, { readonly kind: Kind }>;

/** One line of a timeline. Dates and the "new" line are for the eye: the rows' labels say the same. */
export function LineView(props: Props): JSX.Element {
  const of = <Kind extends Line["kind"]>(kind: Kind): Of<Kind> | undefined => {
    const now = props.line.now();
    return now.kind === kind ? (now as Of<Kind>) : undefined;
  };

  return (
    <div class="line-of" data-line={props.line.key}>
      <Switch fallback={<Edge />}>
        <Match when={of("row")}>
          {(line) => (
            <RowView
              row={line().row}
              starts={line().starts}
              position={line().index + 1}
              size={props.rows}
              stop={props.stop}
              found={props.found}
            />
          )}
        </Match>
        <Match when={of("date")}>
          {(line) => (
            <div class="date" aria-hidden="true">
              <h3>{dateLine(line().at)}</h3>
            </div>
          )}
        </Match>
        <Match when={of("new")}>
          {(line) => (
            <div class="new" aria-hidden="true">
              <p>
                <span>
                  {count(line().count)} new since <time>{timeOfDay(line().since)}</time>
                </span>
              </p>
            </div>
          )}
        </Match>
      </Switch>
    </div>
  );
}

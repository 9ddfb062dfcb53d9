import { For, type JSX } from "solid-js";

export interface Column<Line> {
  readonly name: string;
  readonly cell: (line: Line) => JSX.Element;
  /** Speech: a name, or what somebody said. */
  readonly said?: boolean;
}

interface Props<Line> {
  /** What is in it, for those who come to it without seeing what is around. */
  readonly caption: string;
  /** The first one names the line. */
  readonly columns: readonly Column<Line>[];
  readonly lines: readonly Line[];
}

/** What a chart shows, in figures. On a narrow screen it scrolls by itself. */
export const DataTable = <Line,>(props: Props<Line>): JSX.Element => (
  <div class="table-place" tabindex="0" role="region" aria-label={props.caption}>
    <table class="table">
      <caption class="hush">{props.caption}</caption>
      <thead>
        <tr>
          <For each={props.columns}>{(column) => <th scope="col">{column.name}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.lines}>
          {(line) => (
            <tr>
              <For each={props.columns}>
                {(column, index) =>
                  index() === 0 ? (
                    <th scope="row" classList={{ said: column.said === true }}>
                      {column.cell(line)}
                    </th>
                  ) : (
                    <td classList={{ said: column.said === true }}>{column.cell(line)}</td>
                  )
                }
              </For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  </div>
);

import type { JSX } from "solid-js";

import { Menu } from "#client/ui/Menu.tsx";
import type { Row } from "#shared/entries/row.ts";

import { looks } from "./act-looks.ts";
import { keyOfAct } from "./row-acts.ts";
import { useTalk } from "./use-talk.ts";

interface Props {
  readonly row: Row;
  readonly at: HTMLElement | { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

/** Everything that one may do with a message. */
export function RowMenu(props: Props): JSX.Element {
  const talk = useTalk();
  const items = () =>
    talk.actsOn(props.row).map((act, index, all) => {
      const look = looks[act];
      const apart = index > 0 && look.danger === true && looks[all[index - 1] ?? act].danger !== true;
      const key = keyOfAct(act);
      return { ...look, ...(key !== undefined && { key }), apart, act: () => talk.act(act, props.row) };
    });

  return <Menu label="Message" items={items()} at={props.at} onClose={props.onClose} />;
}

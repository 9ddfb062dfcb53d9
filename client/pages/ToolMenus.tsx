import type { ChainedCommands, Editor } from "@tiptap/core";
import type { JSX } from "solid-js";

import { Menu, type MenuItem } from "#client/ui/Menu.tsx";

interface Props {
  readonly editor: Editor;
  readonly at: HTMLElement;
  readonly onClose: () => void;
}

/** The menu gives the focus back to its button when it closes: the words get it after that. */
const acting =
  ({ editor }: Props, act: (chain: ChainedCommands) => ChainedCommands) =>
  (): void =>
    queueMicrotask(() => void act(editor.chain().focus()).run());

export function HeadingMenu(props: Props): JSX.Element {
  const items: readonly MenuItem[] = [
    { label: "Heading", act: acting(props, (chain) => chain.setHeading({ level: 1 })) },
    { label: "Smaller heading", act: acting(props, (chain) => chain.setHeading({ level: 2 })) },
    { label: "Smallest heading", act: acting(props, (chain) => chain.setHeading({ level: 3 })) },
    { label: "Plain words", apart: true, act: acting(props, (chain) => chain.setParagraph()) },
  ];
  return <Menu label="Heading" items={items} at={props.at} onClose={props.onClose} />;
}

export function TableMenu(props: Props): JSX.Element {
  const inside = (): readonly MenuItem[] => [
    { label: "Row below", act: acting(props, (chain) => chain.addRowAfter()) },
    { label: "Column after", act: acting(props, (chain) => chain.addColumnAfter()) },
    { label: "Take this row out", apart: true, act: acting(props, (chain) => chain.deleteRow()) },
    { label: "Take this column out", act: acting(props, (chain) => chain.deleteColumn()) },
    { label: "Take the table out", danger: true, act: acting(props, (chain) => chain.deleteTable()) },
  ];
  const outside: readonly MenuItem[] = [
    {
      label: "New table",
      act: acting(props, (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
    },
  ];
  const items = (): readonly MenuItem[] => (props.editor.isActive("table") ? inside() : outside);
  return <Menu label="Table" items={items()} at={props.at} onClose={props.onClose} />;
}

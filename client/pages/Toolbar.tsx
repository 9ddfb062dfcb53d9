import type { ChainedCommands, Editor } from "@tiptap/core";
import AtSign from "lucide-solid/icons/at-sign";
import Bold from "lucide-solid/icons/bold";
import Code from "lucide-solid/icons/code";
import Heading from "lucide-solid/icons/heading";
import Image from "lucide-solid/icons/image";
import Italic from "lucide-solid/icons/italic";
import Link from "lucide-solid/icons/link";
import List from "lucide-solid/icons/list";
import ListOrdered from "lucide-solid/icons/list-ordered";
import ListTodo from "lucide-solid/icons/list-todo";
import Quote from "lucide-solid/icons/quote";
import Redo2 from "lucide-solid/icons/redo-2";
import SquareCode from "lucide-solid/icons/square-code";
import Strikethrough from "lucide-solid/icons/strikethrough";
import Table from "lucide-solid/icons/table";
import Undo2 from "lucide-solid/icons/undo-2";
import type { LucideIcon } from "lucide-solid";
import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";

import { Tool } from "#client/ui/Tool.tsx";

import { Asking, type Question } from "./Asking.tsx";
import { HeadingMenu, TableMenu } from "./ToolMenus.tsx";

interface Act {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly mirrors?: true;
  readonly on?: (editor: Editor) => boolean;
  readonly act: (chain: ChainedCommands) => ChainedCommands;
}

const history: readonly Act[] = [
  { label: "Undo", icon: Undo2, mirrors: true, act: (chain) => chain.undo() },
  { label: "Redo", icon: Redo2, mirrors: true, act: (chain) => chain.redo() },
];
const marks: readonly Act[] = [
  { label: "Bold", icon: Bold, on: (editor) => editor.isActive("bold"), act: (chain) => chain.toggleBold() },
  { label: "Italic", icon: Italic, on: (editor) => editor.isActive("italic"), act: (chain) => chain.toggleItalic() },
  {
    label: "Struck",
    icon: Strikethrough,
    on: (editor) => editor.isActive("strike"),
    act: (chain) => chain.toggleStrike(),
  },
  { label: "Code", icon: Code, on: (editor) => editor.isActive("code"), act: (chain) => chain.toggleCode() },
];
const blocks: readonly Act[] = [
  {
    label: "List",
    icon: List,
    on: (editor) => editor.isActive("bulletList"),
    act: (chain) => chain.toggleBulletList(),
  },
  {
    label: "Numbered list",
    icon: ListOrdered,
    on: (editor) => editor.isActive("orderedList"),
    act: (chain) => chain.toggleOrderedList(),
  },
  {
    label: "Tasks",
    icon: ListTodo,
    on: (editor) => editor.isActive("taskList"),
    act: (chain) => chain.toggleTaskList(),
  },
  {
    label: "Quote",
    icon: Quote,
    on: (editor) => editor.isActive("blockquote"),
    act: (chain) => chain.toggleBlockquote(),
  },
  {
    label: "Block of code",
    icon: SquareCode,
    on: (editor) => editor.isActive("codeBlock"),
    act: (chain) => chain.toggleCodeBlock(),
  },
];

/** What one can do with the words that are selected. One tab stop; arrow keys go through it. */
export function Toolbar(props: { readonly editor: Editor }): JSX.Element {
  const [moved, setMoved] = createSignal(0);
  const [question, ask] = createSignal<Question>();
  const [menu, setMenu] = createSignal<{ readonly of: "heading" | "table"; readonly at: HTMLElement }>();
  let element!: HTMLDivElement;
  // Made anew for each editor.
  const { editor } = props;
  const note = (): void => void setMoved((count) => count + 1);
  editor.on("transaction", note);
  onCleanup(() => editor.off("transaction", note));

  const isOn = (test: ((editor: Editor) => boolean) | undefined): boolean => moved() >= 0 && test?.(editor) === true;
  const run = (act: Act["act"]): void => void act(editor.chain().focus()).run();

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const tools = [...element.querySelectorAll<HTMLButtonElement>("button")];
    const at = tools.indexOf(document.activeElement as HTMLButtonElement);
    tools.at((at + step + tools.length) % tools.length)?.focus();
  }

  const Tools = (own: { readonly of: readonly Act[] }): JSX.Element => (
    <For each={own.of}>
      {({ label, icon, mirrors, on, act }) => (
        <Tool
          label={label}
          icon={icon}
          tabindex="-1"
          {...(mirrors && { mirrors })}
          on={isOn(on)}
          {...(on && { "aria-pressed": isOn(on) })}
          // The words stay selected.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => run(act)}
        />
      )}
    </For>
  );

  return (
    <div ref={element} class="toolbar" role="toolbar" aria-label="Formatting" onKeyDown={onKey}>
      <Tool
        label="Heading"
        icon={Heading}
        aria-haspopup="menu"
        on={isOn((one) => one.isActive("heading"))}
        onClick={(event) => setMenu({ of: "heading", at: event.currentTarget })}
      />
      <Tools of={marks} />
      <Tool
        label="Link"
        icon={Link}
        tabindex="-1"
        on={isOn((one) => one.isActive("link"))}
        onClick={() => ask({ about: "link" })}
      />
      <hr />
      <Tools of={blocks} />
      <Tool
        label="Table"
        icon={Table}
        tabindex="-1"
        aria-haspopup="menu"
        on={isOn((one) => one.isActive("table"))}
        onClick={(event) => setMenu({ of: "table", at: event.currentTarget })}
      />
      <Tool label="Picture" icon={Image} tabindex="-1" onClick={() => ask({ about: "picture" })} />
      <Tool label="Mention somebody" icon={AtSign} tabindex="-1" onClick={() => ask({ about: "person" })} />
      <hr />
      <Tools of={history} />
      <Show when={menu()} keyed>
        {({ of, at }) =>
          of === "heading" ? (
            <HeadingMenu editor={editor} at={at} onClose={() => setMenu(undefined)} />
          ) : (
            <TableMenu editor={editor} at={at} onClose={() => setMenu(undefined)} />
          )
        }
      </Show>
      <Show when={question()} keyed>
        {(asked) => <Asking about={asked.about} editor={editor} onClose={() => ask(undefined)} />}
      </Show>
    </div>
  );
}

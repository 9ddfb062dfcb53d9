import { For, Match, Show, Switch, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";

import {
  isWords,
  type PageBody,
  type PageElement,
  type PageMark,
  type PageNode,
  type PageWords,
} from "#shared/pages/body.ts";
import { isLink, isPicture } from "#shared/pages/links.ts";

/** What a page says, for reading. Every node becomes an element of ours: no markup of theirs ever reaches the page. */
export const Prose = (props: { readonly body: PageBody }): JSX.Element => <Nodes of={props.body.content} />;

const Nodes = (props: { readonly of: readonly PageNode[] | undefined }): JSX.Element => (
  <For each={props.of}>{(node) => (isWords(node) ? <Words node={node} /> : elementOf(node))}</For>
);

const SIMPLE: Partial<Record<PageElement["type"], string>> = {
  paragraph: "p",
  bulletList: "ul",
  listItem: "li",
  blockquote: "blockquote",
  tableRow: "tr",
};

function elementOf(node: PageElement): JSX.Element {
  const { attrs = {}, content } = node;
  const simple = SIMPLE[node.type];
  if (simple !== undefined)
    return (
      <Dynamic component={simple} dir={simple === "p" ? "auto" : undefined}>
        <Nodes of={content} />
      </Dynamic>
    );
  switch (node.type) {
    case "heading":
      return (
        // The page's title is the first heading of all.
        <Dynamic
          component={`h${Math.min(3, Number(attrs["level"] ?? 1)) + 1}`}
          dir="auto"
          id={headingId(node)}
          tabindex="-1"
        >
          <Nodes of={content} />
        </Dynamic>
      );
    case "orderedList":
      return (
        <ol start={Number(attrs["start"] ?? 1)}>
          <Nodes of={content} />
        </ol>
      );
    case "taskList":
      return (
        <ul class="tasks">
          <Nodes of={content} />
        </ul>
      );
    case "taskItem":
      return <Task node={node} />;
    case "codeBlock":
      return (
        <pre tabindex="0">
          <code>
            <Nodes of={content} />
          </code>
        </pre>
      );
    case "table":
      return (
        <div class="wide-table" tabindex="0" role="region" aria-label="Table">
          <table class="table said">
            <tbody>
              <Nodes of={content} />
            </tbody>
          </table>
        </div>
      );
    case "tableHeader":
    case "tableCell":
      return <Cell node={node} />;
    case "horizontalRule":
      return <hr class="line" />;
    case "hardBreak":
      return <br />;
    case "mention":
      return <span class="at">@{String(attrs["label"] ?? "")}</span>;
    case "image":
      return <Picture node={node} />;
    default:
      return <Nodes of={content} />;
  }
}

const Task = (props: { readonly node: PageElement }): JSX.Element => (
  <li>
    <input type="checkbox" disabled checked={props.node.attrs?.["checked"] === true} aria-label="Done" />
    <div>
      <Nodes of={props.node.content} />
    </div>
  </li>
);

const Cell = (props: { readonly node: PageElement }): JSX.Element => (
  <Dynamic
    component={props.node.type === "tableHeader" ? "th" : "td"}
    scope={props.node.type === "tableHeader" ? "col" : undefined}
    colspan={Number(props.node.attrs?.["colspan"] ?? 1)}
    rowspan={Number(props.node.attrs?.["rowspan"] ?? 1)}
  >
    <Nodes of={props.node.content} />
  </Dynamic>
);

const Picture = (props: { readonly node: PageElement }): JSX.Element => (
  <Show when={isPicture(props.node.attrs?.["src"])}>
    <img
      src={String(props.node.attrs?.["src"])}
      alt={String(props.node.attrs?.["alt"] ?? "")}
      loading="lazy"
      referrerpolicy="no-referrer"
    />
  </Show>
);

const TAGS: Readonly<Record<string, string>> = { bold: "strong", italic: "em", strike: "del", code: "code" };

const Words = (props: { readonly node: PageWords }): JSX.Element => (
  <Marked text={props.node.text} marks={props.node.marks ?? []} />
);

/** The outermost mark first. */
const Marked = (props: { readonly text: string; readonly marks: readonly PageMark[] }): JSX.Element => {
  const first = () => props.marks[0];
  const inner = () => <Marked text={props.text} marks={props.marks.slice(1)} />;
  return (
    <Switch fallback={inner()}>
      <Match when={first() === undefined}>{props.text}</Match>
      <Match when={first()?.type === "link" && isLink(first()?.attrs?.["href"])}>
        <a href={first()?.attrs?.["href"]} target="_blank" rel="noopener noreferrer nofollow">
          {inner()}
        </a>
      </Match>
      <Match when={TAGS[first()?.type ?? ""]}>{(tag) => <Dynamic component={tag()}>{inner()}</Dynamic>}</Match>
    </Switch>
  );
};

const ids = new WeakMap<PageNode, string>();
let headings = 0;

/** Names a heading so that one can go there. */
export function headingId(node: PageNode): string {
  const id = ids.get(node) ?? `heading-${(headings += 1)}`;
  ids.set(node, id);
  return id;
}

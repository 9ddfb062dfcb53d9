import Copy from "lucide-solid/icons/copy";
import type { Code, ListItem, Nodes, Parents, Root, Table } from "mdast";
import { For, Show, type JSX } from "solid-js";

import { Tool } from "#client/ui/Tool.tsx";
import { copyAndSay } from "#client/ui/copy.ts";
import { plural } from "#client/ui/times.ts";

import { parseMarkdown, safeUrl } from "./markdown.ts";
import { Text, type Saying } from "./Text.tsx";

type Props = Saying;

/** What somebody said. Every node becomes a component of ours: no markup of theirs ever reaches the page. */
export const Markdown = (props: Props): JSX.Element => <Blocks parent={parseMarkdown(props.body)} in={props} />;

interface Inside<Node> {
  readonly node: Node;
  readonly in: Props;
}

const Blocks = (props: { readonly parent: Root | Parents; readonly in: Props }): JSX.Element => (
  <For each={props.parent.children}>{(node) => blockOf(node, props.in)}</For>
);

function blockOf(node: Nodes, inside: Props): JSX.Element {
  switch (node.type) {
    case "paragraph":
      return (
        <p>
          <Blocks parent={node} in={inside} />
        </p>
      );
    case "heading":
      return (
        <p>
          <strong>
            <Blocks parent={node} in={inside} />
          </strong>
        </p>
      );
    case "blockquote":
      return (
        <blockquote>
          <Blocks parent={node} in={inside} />
        </blockquote>
      );
    case "list":
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>
          <Blocks parent={node} in={inside} />
        </ol>
      ) : (
        <ul>
          <Blocks parent={node} in={inside} />
        </ul>
      );
    case "listItem":
      return (
        <li style={{ "list-style-type": markerOf(node) }}>
          <Blocks parent={node} in={inside} />
        </li>
      );
    case "thematicBreak":
      return <hr class="line" />;
    case "code":
      return <CodeBlock node={node} in={inside} />;
    case "table":
      return <TableBlock node={node} in={inside} />;
    default:
      return inlineOf(node, inside);
  }
}

/** A thing to do bears its box in place of a bullet. */
const markerOf = ({ checked }: ListItem): string | undefined =>
  typeof checked === "boolean" ? (checked ? '"☑ "' : '"☐ "') : undefined;

function inlineOf(node: Nodes, inside: Props): JSX.Element {
  switch (node.type) {
    case "text":
      return <Text text={node.value} in={inside} />;
    case "strong":
      return (
        <strong>
          <Blocks parent={node} in={inside} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Blocks parent={node} in={inside} />
        </em>
      );
    case "delete":
      return (
        <del>
          <Blocks parent={node} in={inside} />
        </del>
      );
    case "inlineCode":
      return <code>{node.value}</code>;
    case "break":
      return <br />;
    case "link":
      return (
        <Link url={node.url}>
          <Blocks parent={node} in={inside} />
        </Link>
      );
    case "footnoteReference":
      return `[^${node.identifier}]`;
    default:
      return "children" in node ? <Blocks parent={node} in={inside} /> : "value" in node ? node.value : undefined;
  }
}

/** A link that says where it goes, and tells that place nothing about us. What may not be followed stays as its words. */
const Link = (props: { readonly url: string; readonly children: JSX.Element }): JSX.Element => (
  <Show when={safeUrl(props.url)} fallback={props.children}>
    {(url) => (
      <a href={url()} {...(isOurs(url()) ? {} : AWAY)}>
        {props.children}
      </a>
    )}
  </Show>
);

const AWAY = { target: "_blank", rel: "noopener noreferrer nofollow" } as const;

/** A message, channel or conversation here: one goes there without leaving the page. */
const isOurs = (url: string): boolean => {
  const { origin, pathname } = new URL(url);
  return origin === location.origin && /^\/(c|conversations)\//.test(pathname);
};

function CodeBlock(props: Inside<Code>): JSX.Element {
  return (
    <Show
      when={props.node.lang}
      fallback={
        <pre tabindex="0">
          <code>{props.node.value}</code>
        </pre>
      }
    >
      {(language) => (
        <figure class="code">
          <figcaption>
            <span>
              {language()}, {plural(props.node.value.split("\n").length, "line")}
            </span>
            <Tool label="Copy the code" icon={Copy} size="small" onClick={() => void copyAndSay(props.node.value)} />
          </figcaption>
          <pre tabindex="0">
            <code>{props.node.value}</code>
          </pre>
        </figure>
      )}
    </Show>
  );
}

const TableBlock = (props: Inside<Table>): JSX.Element => (
  <div class="wide-table" tabindex="0" role="region" aria-label="Table">
    <table class="table said">
      <For each={props.node.children}>
        {(row, index) => (
          <tr>
            <For each={row.children}>
              {(cell) =>
                index() === 0 ? (
                  <th scope="col">
                    <Blocks parent={cell} in={props.in} />
                  </th>
                ) : (
                  <td>
                    <Blocks parent={cell} in={props.in} />
                  </td>
                )
              }
            </For>
          </tr>
        )}
      </For>
    </table>
  </div>
);

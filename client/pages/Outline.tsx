import { For, Show, type JSX } from "solid-js";

import type { PageBody, PageElement } from "#shared/pages/body.ts";
import { plainText } from "#shared/pages/plain-text.ts";

import { headingId } from "./Prose.tsx";

/** What stands where on a page, beside it. */
export function Outline(props: { readonly body: PageBody }): JSX.Element {
  const headings = () => props.body.content.filter((node): node is PageElement => node.type === "heading");

  function go(event: MouseEvent, node: PageElement): void {
    event.preventDefault();
    const heading = document.querySelector<HTMLElement>(`#${headingId(node)}`);
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  }

  return (
    <Show when={headings().length > 1}>
      <nav class="page-outline" aria-label="On this page">
        <p class="muted pb-1">On this page</p>
        <For each={headings()}>
          {(node) => (
            <a href={`#${headingId(node)}`} onClick={(event) => go(event, node)} dir="auto">
              {plainText({ type: "doc", content: [node] })}
            </a>
          )}
        </For>
      </nav>
    </Show>
  );
}

import { For, Show, type JSX } from "solid-js";

import { later } from "#client/ui/later.tsx";

import { isPlain, paragraphsOf } from "./plain.ts";
import { Text, type Saying } from "./Text.tsx";

/** Resolves when what is there now has been shown. The first frame measures the rows, the second shows them. */
const nextPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));

const Plain = (props: Saying): JSX.Element => (
  <For each={paragraphsOf(props.body)}>
    {(paragraph) => (
      <p>
        <Text text={paragraph} in={props} />
      </p>
    )}
  </For>
);

/**
 * The parser is a sixth of what this page would have to load before its first message, and most messages need none.
 * Until it is here, one with markup shows its words.
 */
const Markdown = later<Saying>(async () => {
  await nextPaint();
  return (await import("./Markdown.tsx")).Markdown;
}, Plain);

/** What a message says. */
export const Body = (props: Saying): JSX.Element => (
  <Show when={!isPlain(props.body)} fallback={<Plain {...props} />}>
    <Markdown {...props} />
  </Show>
);

import { For, lazy, Show, Suspense, type JSX } from "solid-js";

import { isPlain, paragraphsOf } from "./plain.ts";
import { Text, type Saying } from "./Text.tsx";

/** The parser is a sixth of what this page would have to load before its first message, and most messages need none. */
const Markdown = lazy(async () => {
  await nextPaint();
  return { default: (await import("./Markdown.tsx")).Markdown };
});

/** Resolves when what is there now has been shown. The first frame measures the rows, the second shows them. */
const nextPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));

/** What a message says. One with markup shows its words until the parser is here. */
export const Body = (props: Saying): JSX.Element => (
  <Show when={!isPlain(props.body)} fallback={<Plain {...props} />}>
    <Suspense fallback={<Plain {...props} />}>
      <Markdown {...props} />
    </Suspense>
  </Show>
);

const Plain = (props: Saying): JSX.Element => (
  <For each={paragraphsOf(props.body)}>
    {(paragraph) => (
      <p>
        <Text text={paragraph} in={props} />
      </p>
    )}
  </For>
);

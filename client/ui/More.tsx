import { Show, type Accessor, type JSX } from "solid-js";

import { Button } from "./Button.tsx";

interface Props {
  readonly pages: {
    readonly hasMore: Accessor<boolean>;
    readonly busy: Accessor<boolean>;
    readonly more: () => Promise<void>;
  };
}

/** The way to the next page of a list. */
export const More = (props: Props): JSX.Element => (
  <Show when={props.pages.hasMore()}>
    <p class="py-4">
      <Button aria-busy={props.pages.busy()} onClick={() => void props.pages.more()}>
        {props.pages.busy() ? "One moment" : "Show more"}
      </Button>
    </p>
  </Show>
);

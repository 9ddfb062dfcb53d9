import Compass from "lucide-solid/icons/compass";
import type { JSX } from "solid-js";

import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";

/** A wrong address and somebody else's are one answer. */
export const Nothing = (): JSX.Element => (
  <main class="sheet place-middle">
    <EmptyState
      icon={Compass}
      title="There is nothing here for you."
      text="The address is wrong, or the channel is private. If somebody sent you the link, ask them to invite you."
    >
      <LinkButton kind="first" href="/">
        Back to your communities
      </LinkButton>
    </EmptyState>
  </main>
);

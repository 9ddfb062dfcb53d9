import Compass from "lucide-solid/icons/compass";
import type { JSX } from "solid-js";

import { DISCOVER, NEW_COMMUNITY } from "#client/paths.ts";
import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";

import { NotSentNotice } from "./NotSentNotice.tsx";

/** A wrong address and somebody else's are one answer. */
export const Nothing = (): JSX.Element => (
  <main class="sheet place-middle">
    <EmptyState
      alone
      icon={Compass}
      title="There is nothing here for you."
      text="The address is wrong, or the channel is private. If somebody sent you the link, ask them to invite you."
    >
      <LinkButton kind="first" href="/">
        Back to your communities
      </LinkButton>
      <NotSentNotice />
    </EmptyState>
  </main>
);

export const NoChannel = (): JSX.Element => (
  <main class="sheet place-middle">
    <EmptyState
      alone
      title="No channel is open to you here."
      text="Channels appear here as soon as somebody makes one that you may read."
    />
  </main>
);

export const NoCommunity = (): JSX.Element => (
  <main class="sheet place-middle">
    <EmptyState
      alone
      title="One seat is taken: yours."
      text="A community is where people talk. Find one that is open, create your own, or open the link that somebody sent you."
    >
      <LinkButton kind="first" href={DISCOVER}>
        Discover communities
      </LinkButton>
      <LinkButton href={NEW_COMMUNITY}>Create one</LinkButton>
      <NotSentNotice />
    </EmptyState>
  </main>
);

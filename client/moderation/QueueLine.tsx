import Scale from "lucide-solid/icons/scale";
import { useLocation } from "@solidjs/router";
import { Show, type JSX } from "solid-js";

import { queuePath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { count } from "#client/ui/times.ts";
import type { CommunityId } from "#shared/ids.ts";

import { createDesk } from "./create-desk.ts";

/** The way to the queue of a community, with how many cases are open, for those who work there. */
export function QueueLine(props: { readonly community: CommunityId }): JSX.Element {
  const local = useLocal();
  return (
    <Show when={local.may("member.warn", props.community) && props.community} keyed>
      {(community) => <Line community={community} />}
    </Show>
  );
}

function Line(props: { readonly community: CommunityId }): JSX.Element {
  const location = useLocation();
  const desk = createDesk(useLocal(), props.community);
  const open = () => desk.cases().filter((one) => one.open).length;
  const path = () => queuePath(props.community);

  return (
    <>
      <h3>For moderators</h3>
      <a class="chan" href={path()} aria-current={location.pathname === path() ? "page" : undefined}>
        <Icon of={Scale} />
        <span class="clip">Queue</span>
        <Show when={open() > 0}>
          <span class="count">
            {count(open())}
            <span class="hush"> open</span>
          </span>
        </Show>
      </a>
    </>
  );
}

import { Show } from "solid-js";

import { sayDay } from "#client/ui/say-time.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";

/** Whether people write in it, and whether it goes on. */
export const StateOf = (props: { readonly community: AdministeredCommunity }) => (
  <Show when={props.community.deleteAt} fallback={props.community.archived ? "archived" : "open"}>
    {(at) => (
      <span class="text-danger">
        deleted on <time>{sayDay(at())}</time>
      </span>
    )}
  </Show>
);

import MessageSquareOff from "lucide-solid/icons/message-square-off";
import { Show, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { CommunityId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Action, Target } from "#shared/permissions/rules.ts";

import { createMuted, mutedWords } from "./create-muted.ts";

/** Why something is not offered to somebody who could do it if they were not muted. */
export function MutedNotice(props: {
  readonly community: CommunityId;
  readonly action: Action;
  readonly target: Target;
}): JSX.Element {
  const local = useLocal();
  const muted = createMuted(() => props.community);
  const could = () => can({ ...local.actorIn(props.community), muted: false }, props.action, props.target);

  return (
    <Show when={could() && muted()}>
      {(mute) => (
        <div class="shelf flat" role="status">
          <Icon of={MessageSquareOff} size="small" />
          <span>{mutedWords(mute())}</span>
        </div>
      )}
    </Show>
  );
}

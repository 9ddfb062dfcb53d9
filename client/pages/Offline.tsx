import CloudOff from "lucide-solid/icons/cloud-off";
import { Show, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";

/** What becomes of changes when they cannot leave at once. */
export function Offline(): JSX.Element {
  const local = useLocal();
  return (
    <Show when={local.connection().state === "offline" || local.connection().state === "signed-out"}>
      <div class="shelf flat" role="status">
        <Icon of={CloudOff} size="small" />
        <span>
          {local.device().tab === "insecure"
            ? "You are offline. This address is not secure, so the browser keeps nothing: your changes live in this tab only."
            : "You are offline. Others may be editing too; your changes are kept here, and joined with theirs when you are back."}
        </span>
      </div>
    </Show>
  );
}

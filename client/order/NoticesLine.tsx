import Scale from "lucide-solid/icons/scale";
import { Show, type JSX } from "solid-js";

import { NOTICES } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { count } from "#client/ui/times.ts";
import { homeOf } from "#shared/ids.ts";

import { createTold } from "./create-told.ts";

/** Below every list, as long as there is something that one has not read. */
export function NoticesLine(): JSX.Element {
  const local = useLocal();
  const told = createTold(local);
  const fresh = () => {
    const read = local.readUpTo(homeOf(local.me().id)) ?? 0;
    return told().notices.filter(({ at }) => at > read).length;
  };

  return (
    <Show when={fresh() > 0}>
      <a class="chan note" href={NOTICES}>
        <Icon of={Scale} />
        <span class="clip">Notices</span>
        <span class="badge">{count(fresh())}</span>
      </a>
    </Show>
  );
}

import CircleDashed from "lucide-solid/icons/circle-dashed";
import CircleX from "lucide-solid/icons/circle-x";
import CloudOff from "lucide-solid/icons/cloud-off";
import LogIn from "lucide-solid/icons/log-in";
import Unplug from "lucide-solid/icons/unplug";
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { afterFirst } from "#client/ui/first-shown.ts";
import { later } from "#client/ui/later.tsx";
import { timeOfDay } from "#client/ui/times.ts";

const NoticesLine = later(
  afterFirst(async () => (await import("#client/order/NoticesLine.tsx")).NoticesLine),
  () => undefined,
);
const NotSentDrawer = later(async () => (await import("#client/messages/NotSent.tsx")).NotSentDrawer);

/** Below every list: where this device stands, and what was not accepted. */
export function ListFoot(): JSX.Element {
  const local = useLocal();
  const [open, setOpen] = createSignal(false);
  const since = () => {
    const connection = local.connection();
    return connection.state === "offline" ? connection.since : undefined;
  };
  const waiting = () => local.device().waiting;
  const notSent = () => local.notSent().length + local.pages.drafts().length;
  const isInsecure = () => ["insecure", "elsewhere"].includes(local.device().tab);
  const isQuiet = () => local.connection().state === "online" && notSent() === 0 && !isInsecure();

  return (
    <>
      <div class="list-foot" classList={{ quiet: isQuiet() }}>
        <Switch>
          <Match when={local.device().tab === "elsewhere"}>
            <button type="button" class="chan note offline" onClick={() => local.reconnect()}>
              <Icon of={Unplug} />
              <span class="clip">Open in another tab. Go on here</span>
              <Waiting many={waiting()} />
            </button>
          </Match>
          <Match when={since()}>
            {(at) => (
              <p class="chan note offline">
                <Icon of={CloudOff} />
                <span class="clip">
                  Offline since <time>{timeOfDay(at())}</time>
                </span>
                <Waiting many={waiting()} />
              </p>
            )}
          </Match>
          <Match when={local.connection().state === "connecting"}>
            <p class="chan note offline">
              <Icon of={CircleDashed} />
              <span class="clip">Connecting</span>
              <Waiting many={waiting()} />
            </p>
          </Match>
          <Match when={local.connection().state === "signed-out"}>
            <a class="chan note offline" href="/sign-in">
              <Icon of={LogIn} mirrors />
              <span class="clip">Signed out. Sign in again</span>
              <Waiting many={waiting()} />
            </a>
          </Match>
        </Switch>
        <NoticesLine />
        <Show when={isInsecure()}>
          <p class="insecure note">
            <Icon of={Unplug} />
            <span>Works online, in one tab only: browsers keep nothing for an address without https.</span>
          </p>
        </Show>
        <Show when={notSent() > 0}>
          <button type="button" class="chan note unsent" onClick={() => setOpen(true)}>
            <Icon of={CircleX} />
            <span class="clip">Not sent</span>
            <span class="count">{notSent()}</span>
          </button>
        </Show>
      </div>
      <Show when={open()}>
        <NotSentDrawer onClose={() => setOpen(false)} />
      </Show>
    </>
  );
}

const Waiting = (props: { readonly many: number }): JSX.Element => (
  <Show when={props.many > 0}>
    <span class="count">{props.many} waiting</span>
  </Show>
);

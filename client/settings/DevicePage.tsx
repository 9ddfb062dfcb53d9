import Check from "lucide-solid/icons/check";
import CircleDashed from "lucide-solid/icons/circle-dashed";
import HardDrive from "lucide-solid/icons/hard-drive";
import { Match, Show, Switch } from "solid-js";

import { sayTally, totalOf, type Tally } from "#client/sync/tally.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Notice } from "#client/ui/Notice.tsx";

import { createStorageState, sayBytes } from "./create-storage-state.ts";
import { SettingsSheet } from "./SettingsSheet.tsx";

/** What this browser holds, and whether it promised to keep it. */
export function DevicePage() {
  const { device } = useLocal();

  return (
    <SettingsSheet title="This device">
      <section class="stack">
        <div>
          <h2 class="title">What it holds</h2>
          <p class="muted">So that you can read and write without a network.</p>
        </div>
        <Show when={!["insecure", "elsewhere"].includes(device().tab)} fallback={<Insecure />}>
          <Holds leaving={device().leaving} full={device().full} />
        </Show>
      </section>
    </SettingsSheet>
  );
}

function Holds(props: { readonly leaving: Tally; readonly full: boolean }) {
  const storage = createStorageState();

  return (
    <>
      <Show when={storage.estimate()}>
        {(estimate) => (
          <div class="meter" aria-hidden="true">
            <i style={{ "inline-size": `${Math.max(0.5, (100 * estimate().used) / estimate().allowed)}%` }} />
          </div>
        )}
      </Show>
      <dl class="facts">
        <dt>Everything together</dt>
        <dd class="figure">
          <Show when={storage.estimate()} fallback="The browser does not say">
            {(estimate) => `${sayBytes(estimate().used)} of ${sayBytes(estimate().allowed)}`}
          </Show>
        </dd>
        <dt>Waiting to leave</dt>
        <dd>{totalOf(props.leaving) === 0 ? "nothing" : sayTally(props.leaving)}</dd>
      </dl>
      <Show when={props.full}>
        <Notice kind="danger" icon={HardDrive}>
          This device is full, so new messages cannot be kept. What you wrote until now is safe.
        </Notice>
      </Show>
      <Switch>
        <Match when={storage.persisted() === true}>
          <p class="says success">
            <Icon of={Check} size="small" />
            <span>The browser promised not to clear it when space runs short.</span>
          </p>
        </Match>
        <Match when={storage.persisted() === false}>
          <div class="stack" style={{ "--gap": "var(--space-3)" }}>
            <p class="says device">
              <Icon of={CircleDashed} size="small" />
              <span>
                The browser may clear it when space runs short. What is on the server comes back; what waits here would
                not.
              </span>
            </p>
            <Button onClick={() => void storage.ask()}>Ask it to keep this</Button>
            <Show when={storage.refused()}>
              <p class="note muted" role="status">
                It did not promise. Browsers do so for places that are visited often, or installed.
              </p>
            </Show>
          </div>
        </Match>
      </Switch>
    </>
  );
}

const Insecure = () => (
  <Notice icon={HardDrive} title="Nothing is kept here">
    This page came over an unencrypted address, and browsers keep nothing dependable for those. You can talk in one tab
    while you are online. Over https, or on the machine itself, it also works without a network.
  </Notice>
);

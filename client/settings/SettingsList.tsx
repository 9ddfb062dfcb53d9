import CircleUserRound from "lucide-solid/icons/circle-user-round";
import KeyRound from "lucide-solid/icons/key-round";
import Laptop from "lucide-solid/icons/laptop";
import LogOut from "lucide-solid/icons/log-out";
import Scale from "lucide-solid/icons/scale";
import SunMoon from "lucide-solid/icons/sun-moon";
import SlidersHorizontal from "lucide-solid/icons/sliders-horizontal";
import type { LucideIcon } from "lucide-solid";
import { useLocation } from "@solidjs/router";
import { createResource, createSignal, Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { ADMIN, NOTICES, SETTINGS } from "#client/paths.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { createMedia, PHONE } from "#client/ui/media.ts";
import { moveInList, rememberStop } from "#client/ui/roving.ts";

import { SignOutDialog } from "./SignOutDialog.tsx";

const FIRST = `${SETTINGS}/profile`;

/** The list beside the settings: about oneself, about this account, and the way out. */
export function SettingsList() {
  const api = useApi();
  // Asked for each time: what stands behind it needs the server anyhow.
  const [me] = createResource(() => api.me());
  const runsThis = () => {
    const answer = me.latest;
    return answer?.ok === true && answer.value.platformAdmin;
  };
  const [leaving, setLeaving] = createSignal(false);

  return (
    <nav class="list" aria-label="You" data-pane="list">
      <div class="list-head">
        <h2 class="grow">You</h2>
      </div>
      <div class="list-body" onKeyDown={moveInList} onFocusIn={rememberStop}>
        <Line href={FIRST} icon={CircleUserRound} label="Profile" />
        <Line href={NOTICES} icon={Scale} label="Notices" />
        <Line href="/settings/appearance" icon={SunMoon} label="Appearance" />
        <h3>This account</h3>
        <Line href="/settings/sign-in" icon={KeyRound} label="Sign-in and devices" />
        <Line href="/settings/device" icon={Laptop} label="This device" />
        <Show when={runsThis()}>
          <h3>This Folkmoot</h3>
          <Line href={ADMIN} icon={SlidersHorizontal} label="Run this place" />
        </Show>
      </div>
      <div class="list-foot">
        <button type="button" class="chan" onClick={() => setLeaving(true)}>
          <Icon of={LogOut} mirrors />
          Sign out
        </button>
      </div>
      <Show when={leaving()}>
        <SignOutDialog onClose={() => setLeaving(false)} />
      </Show>
    </nav>
  );
}

function Line(props: { readonly href: string; readonly icon: LucideIcon; readonly label: string }) {
  const location = useLocation();
  const isPhone = createMedia(PHONE);
  // The profile is what opens first; a phone shows this list alone.
  const isFirst = () => props.href === FIRST && location.pathname === SETTINGS && !isPhone();
  const isHere = () => location.pathname === props.href || isFirst();

  return (
    <a class="chan" href={props.href} aria-current={isHere() ? "page" : undefined}>
      <Icon of={props.icon} />
      <span class="clip">{props.label}</span>
    </a>
  );
}

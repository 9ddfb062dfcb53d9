import CircleUserRound from "lucide-solid/icons/circle-user-round";
import KeyRound from "lucide-solid/icons/key-round";
import Laptop from "lucide-solid/icons/laptop";
import LogOut from "lucide-solid/icons/log-out";
import SunMoon from "lucide-solid/icons/sun-moon";
import UsersRound from "lucide-solid/icons/users-round";
import type { LucideIcon } from "lucide-solid";
import { useLocation } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { Icon } from "#client/ui/Icon.tsx";
import { moveInList } from "#client/ui/roving.ts";

import { SignOutDialog } from "./SignOutDialog.tsx";

/** The list beside the settings: about oneself, about this account, and the way out. */
export function SettingsList(props: { readonly platformAdmin: boolean }) {
  const [leaving, setLeaving] = createSignal(false);

  return (
    <nav class="list" aria-label="You">
      <div class="list-head">
        <h2 class="grow">You</h2>
      </div>
      <div class="list-body" onKeyDown={moveInList}>
        <Line href="/settings/profile" icon={CircleUserRound} label="Profile" />
        <Line href="/settings/appearance" icon={SunMoon} label="Appearance" />
        <h3>This account</h3>
        <Line href="/settings/sign-in" icon={KeyRound} label="Sign-in and devices" />
        <Line href="/settings/device" icon={Laptop} label="This device" />
        <Show when={props.platformAdmin}>
          <h3>This Folkmoot</h3>
          <Line href="/people" icon={UsersRound} label="People" />
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

  return (
    <a class="chan" href={props.href} aria-current={location.pathname === props.href ? "page" : undefined}>
      <Icon of={props.icon} />
      <span class="clip">{props.label}</span>
    </a>
  );
}

import CloudOff from "lucide-solid/icons/cloud-off";
import HardDrive from "lucide-solid/icons/hard-drive";
import LogIn from "lucide-solid/icons/log-in";
import Unplug from "lucide-solid/icons/unplug";
import { Match, Switch, type JSX } from "solid-js";

import { talkPath } from "#client/paths.ts";
import { sayTally } from "#client/sync/tally.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { plural } from "#client/ui/times.ts";

import { useTalk } from "./use-talk.ts";

/** On top of the composer: what happens to the words when they cannot leave at once. */
export function Shelf(): JSX.Element {
  const talk = useTalk();
  const many = () => talk.local.device().waiting;
  const waiting = () => sayTally(talk.local.device().leaving);

  const slow = () => {
    const { id } = talk.place();
    const channel = talk.local.channel(id);
    return channel?.of === "channel" && !talk.local.may("message.hurry", id) ? channel.slow : undefined;
  };

  return (
    <Switch>
      <Match when={talk.local.device().full}>
        <div class="shelf danger" role="status">
          <Icon of={HardDrive} />
          <span class="grow">
            <b>This device is full, so new messages cannot be kept.</b> What you wrote until now is safe.
          </span>
        </div>
      </Match>
      <Match when={talk.local.connection().state === "signed-out"}>
        <div class="shelf" role="status">
          <Icon of={LogIn} mirrors />
          <span class="grow">
            <b>You are signed out.</b> Keep writing: it waits here and leaves when you sign in again.
          </span>
          <a href={`/sign-in?to=${encodeURIComponent(talkPath(talk.place()))}`}>Sign in</a>
        </div>
      </Match>
      <Match when={talk.local.device().tab === "elsewhere"}>
        <div class="shelf" role="status">
          <Icon of={Unplug} />
          <span class="grow">
            <b>Open in another tab.</b> This address is not secure, so only one works. What you write here leaves when
            you go on here.
          </span>
          <Button onClick={() => talk.local.reconnect()}>Go on here</Button>
        </div>
      </Match>
      <Match when={talk.local.connection().state === "offline" && talk.local.device().tab === "insecure"}>
        <div class="shelf" role="status">
          <Icon of={CloudOff} />
          <span class="grow">
            <b>You are offline.</b> This address is not secure, so the browser keeps nothing: what you write lives in
            this tab only.
          </span>
        </div>
      </Match>
      <Match when={talk.local.connection().state === "offline"}>
        <div class="shelf" role="status">
          <Icon of={CloudOff} />
          <span class="grow">
            <b>You are offline.</b> Keep writing:{" "}
            {many() === 1
              ? `${waiting()} waits here and leaves by itself.`
              : `${many() === 0 ? "messages" : waiting()} wait here and leave by themselves.`}
          </span>
        </div>
      </Match>
      <Match when={slow()}>
        {(seconds) => (
          <div class="shelf" role="status">
            <span class="grow">
              <b>Slow mode.</b> Everybody writes once in {sayPause(seconds())} here. What comes sooner waits and leaves
              by itself.
            </span>
          </div>
        )}
      </Match>
    </Switch>
  );
}

const sayPause = (seconds: number): string =>
  seconds % 60 === 0 ? plural(seconds / 60, "minute") : plural(seconds, "second");

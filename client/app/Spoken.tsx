import { createEffect, createSignal, on, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { say } from "#client/ui/toasts.ts";
import { plural } from "#client/ui/times.ts";

/** Tells those who listen that the network went or came, and that something was not accepted. */
export function Spoken(): JSX.Element {
  const local = useLocal();
  const [text, setText] = createSignal("");
  let waited = 0;

  createEffect(
    on(
      () => local.connection().state,
      (state, before) => {
        if (state === "offline" && before === "online")
          setText("You are offline. Keep writing: messages wait here and leave by themselves.");
        if (state === "online" && before !== undefined && before !== "online") setText("Back online.");
      },
    ),
  );
  createEffect(() => {
    const { waiting } = local.device();
    if (local.connection().state !== "online") waited = Math.max(waited, waiting);
    else if (waiting === 0 && waited > 0) {
      say(`Back online. ${plural(waited, "message")} left this device.`);
      waited = 0;
    }
  });
  createEffect(
    on(
      () => local.notSent().length,
      (now, before = now) => {
        if (now > before)
          setText(`${plural(now, "message")} ${now === 1 ? "was" : "were"} not sent. Kept for you under "Not sent".`);
      },
    ),
  );

  return (
    <p class="hush" role="status">
      {text()}
    </p>
  );
}

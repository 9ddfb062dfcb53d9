import { createEffect, createSignal, on, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { say } from "#client/ui/toasts.ts";
import { plural } from "#client/ui/times.ts";

/** Tells those who listen that the network went or came, and that something was not accepted. */
export function Spoken(): JSX.Element {
  const local = useLocal();
  const [text, setText] = createSignal("");
  let waited = 0;
  let notSentBefore = 0;

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
    const notSent = local.notSent().length + local.pages.drafts().length;
    if (waited === 0) notSentBefore = notSent;
    if (local.connection().state !== "online") waited = Math.max(waited, waiting);
    else if (waiting === 0 && waited > 0) {
      const left = waited - Math.max(0, notSent - notSentBefore);
      if (left > 0) say(`Back online. ${plural(left, "message")} left this device.`);
      waited = 0;
    }
  });
  createEffect(
    on(
      () => local.notSent().length + local.pages.drafts().length,
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

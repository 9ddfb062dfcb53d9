import { createEffect, createSignal, on, type JSX } from "solid-js";

import { most, NOTHING, sayTally, tallyOf, totalOf, without } from "#client/sync/tally.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { say } from "#client/ui/toasts.ts";

/** Tells those who listen that the network went or came, and that something was not accepted. */
export function Spoken(): JSX.Element {
  const local = useLocal();
  const [text, setText] = createSignal("");
  const notSent = () => tallyOf(local.notSent().map(({ kind }) => kind));
  let waited = NOTHING;
  let notSentBefore = NOTHING;

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
    const { waiting, leaving } = local.device();
    if (totalOf(waited) === 0) notSentBefore = notSent();
    if (local.connection().state !== "online") waited = most(waited, leaving);
    else if (waiting === 0 && totalOf(waited) > 0) {
      const left = without(waited, without(notSent(), notSentBefore));
      if (totalOf(left) > 0) say(`Back online. ${sayTally(left)} left this device.`);
      waited = NOTHING;
    }
  });
  createEffect(
    on(notSent, (now, before = now) => {
      if (totalOf(now) > totalOf(before))
        setText(`${sayTally(now)} ${totalOf(now) === 1 ? "was" : "were"} not sent. Kept for you under "Not sent".`);
    }),
  );

  return (
    <p class="hush" role="status">
      {text()}
    </p>
  );
}

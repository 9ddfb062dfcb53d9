import CircleX from "lucide-solid/icons/circle-x";
import { createSignal, Show, type JSX } from "solid-js";

import { sayTally, tallyOf, totalOf } from "#client/sync/tally.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { later } from "#client/ui/later.tsx";
import { Notice } from "#client/ui/Notice.tsx";

const NotSentDrawer = later(async () => (await import("#client/messages/NotSent.tsx")).NotSentDrawer);

/** Where there is no list to say it below: what somebody wrote in a place that they have lost is still theirs. */
export function NotSentNotice(): JSX.Element {
  const local = useLocal();
  const [open, setOpen] = createSignal(false);
  const refused = () => tallyOf(local.notSent().map(({ kind }) => kind));
  const many = () => totalOf(refused());

  return (
    <>
      <Show when={many() > 0}>
        <Notice
          kind="danger"
          icon={CircleX}
          title={`${sayTally(refused())} of yours ${many() === 1 ? "was" : "were"} not accepted.`}
        >
          <p class="pb-2">Nothing is lost: see why, and copy or discard.</p>
          <Button onClick={() => setOpen(true)}>Not sent</Button>
        </Notice>
      </Show>
      <Show when={open()}>
        <NotSentDrawer onClose={() => setOpen(false)} />
      </Show>
    </>
  );
}

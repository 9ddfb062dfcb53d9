import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { sayTally, sum, tallyOf, totalOf } from "#client/sync/tally.ts";
import { refusedOn } from "#client/sync/not-sent.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { useSession } from "#client/sync/use-session.ts";
import { Button } from "#client/ui/Button.tsx";
import { copy } from "#client/ui/copy.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";

/** Signs out, after asking about what would be lost with this device's copy. */
export function SignOutDialog(props: { readonly onClose: () => void }) {
  const local = useLocal();
  const onPages = () => tallyOf([], local.pages.waiting());
  const left = () => sum(sum(local.device().leaving, onPages()), refusedOn(local));
  const unsent = () => totalOf(left());
  const signOut = createSignOut();

  return (
    <Dialog title="Sign out" onClose={props.onClose}>
      <div class="stack">
        <Show
          when={unsent() > 0}
          fallback={
            <p>
              Everything of yours is removed from this device. It is all on the server, and comes back when you sign in.
            </p>
          }
        >
          <p>
            {sayTally(left())} {unsent() === 1 ? "has" : "have"} not left this device. Send, copy or discard{" "}
            {unsent() === 1 ? "it" : "them"}, then sign out.
          </p>
        </Show>
        <Show when={local.notSent().length + local.pages.drafts().length > 0}>
          <CopyNotSent />
        </Show>
        <FormProblem problem={signOut.problem()} />
      </div>
      <div class="deciding">
        <Button onClick={() => props.onClose()}>Stay signed in</Button>
        <Button
          kind={unsent() > 0 ? "danger first" : "first"}
          aria-busy={signOut.busy()}
          onClick={() => void signOut.go()}
        >
          {unsent() > 0 ? "Discard and sign out" : "Sign out"}
        </Button>
      </div>
    </Dialog>
  );
}

/** What was refused can be taken along as text; what still waits leaves by itself when there is a network. */
function CopyNotSent() {
  const local = useLocal();
  const [copied, setCopied] = createSignal(false);
  const text = () =>
    [...local.notSent().map(({ body }) => body), ...local.pages.drafts().map(({ written }) => written)]
      .filter(Boolean)
      .join("\n\n");

  return (
    <p class="row-of">
      <Button onClick={() => void copy(text()).then(setCopied)}>Copy what was not accepted</Button>
      <span class="note muted" role="status">
        {copied() ? "Copied." : ""}
      </span>
    </p>
  );
}

function createSignOut() {
  const api = useApi();
  const session = useSession();
  const navigate = useNavigate();
  const act = createAct();

  async function go(): Promise<void> {
    // The cookie is the server's: wiping this device alone would leave the door open for whoever sits here next.
    const answer = await act.run(() => api.signOut());
    if (!answer.ok) return;
    await session.leave();
    navigate("/sign-in", { replace: true });
  }

  return { problem: act.problem, busy: act.busy, go };
}

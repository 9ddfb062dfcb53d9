import { useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { CONVERSATIONS } from "#client/paths.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import type { MirroredConversation } from "#shared/entries/kinds/mirror.ts";

export function LeaveGroup(props: { readonly group: MirroredConversation }) {
  const api = useApi();
  const navigate = useNavigate();
  const act = createAct();
  const [asking, setAsking] = createSignal(false);

  async function leave(): Promise<void> {
    const answer = await act.run(() => api.leaveConversation({ id: props.group.id }));
    if (answer.ok) navigate(CONVERSATIONS, { replace: true });
  }

  return (
    <section class="stack">
      <h2 class="title">Leave it</h2>
      <p class="muted">What you wrote stays. To come back, somebody in it must add you.</p>
      <Button kind="danger" onClick={() => setAsking(true)}>
        Leave the group
      </Button>
      <Show when={asking()}>
        <Dialog title="Leave the group" onClose={() => setAsking(false)}>
          <div class="stack">
            <p>The conversation goes from your devices. Those in it see that you left.</p>
            <FormProblem problem={act.problem()} />
          </div>
          <div class="deciding">
            <Button onClick={() => setAsking(false)}>Stay</Button>
            <Button kind="danger first" aria-busy={act.busy()} onClick={() => void leave()}>
              Leave
            </Button>
          </div>
        </Dialog>
      </Show>
    </section>
  );
}

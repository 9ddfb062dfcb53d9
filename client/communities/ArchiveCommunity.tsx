import { createSignal, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import type { CommunityId } from "#shared/ids.ts";

/** Ends a community without losing it: everything stays readable, nothing is added. */
export function ArchiveCommunity(props: { readonly community: CommunityId }) {
  const api = useApi();
  const local = useLocal();
  const act = createAct();
  const [asking, setAsking] = createSignal(false);
  const isArchived = () => local.communities().find(({ id }) => id === props.community)?.archived === true;

  async function archive(archived: boolean): Promise<void> {
    const answer = await act.run(() => api.changeCommunity({ id: props.community, archived }));
    if (answer.ok) setAsking(false);
  }

  return (
    <section class="stack">
      <div>
        <h2 class="title">{isArchived() ? "It is archived" : "Archive it"}</h2>
        <p class="muted">
          {isArchived()
            ? "Everything can be read and found, and nothing is added."
            : "Everything stays readable and can be found, and nothing is added. It can be opened again."}
        </p>
      </div>
      <Show when={!asking()}>
        <FormProblem problem={act.problem()} />
      </Show>
      <Show
        when={isArchived()}
        fallback={
          <Button kind="danger" onClick={() => setAsking(true)}>
            Archive the community
          </Button>
        }
      >
        <Button aria-busy={act.busy()} onClick={() => void archive(false)}>
          Open it again
        </Button>
      </Show>
      <Show when={asking()}>
        <Dialog title="Archive the community" onClose={() => setAsking(false)}>
          <div class="stack">
            <p>
              From then on nobody writes in any of its channels. What is on its way from a device that is offline now is
              refused, and kept there.
            </p>
            <FormProblem problem={act.problem()} />
          </div>
          <div class="deciding">
            <Button onClick={() => setAsking(false)}>Leave it open</Button>
            <Button kind="danger first" aria-busy={act.busy()} onClick={() => void archive(true)}>
              Archive
            </Button>
          </div>
        </Dialog>
      </Show>
    </section>
  );
}

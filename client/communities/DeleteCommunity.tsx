import { createResource, createSignal, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Confirm } from "#client/ui/Confirm.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { plural } from "#client/ui/times.ts";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";

/** The end of a community, for its owner: after some days, in which it can be kept. */
export function DeleteCommunity(props: { readonly community: MirroredCommunity }) {
  const local = useLocal();

  return (
    <Show when={local.may("community.delete", props.community.id)}>
      <Deletion community={props.community} />
    </Show>
  );
}

function Deletion(props: { readonly community: MirroredCommunity }) {
  const api = useLaterApi();
  const act = createAct();
  const id = () => props.community.id;
  const [asking, setAsking] = createSignal(false);
  const [deletion, { refetch }] = createResource(() => api.deletion({ id: id() }));
  const known = () => {
    const answer = deletion.latest;
    return answer?.ok === true ? answer.value : undefined;
  };
  const days = () => plural(known()?.days ?? 7, "day");

  async function done({ ok }: { readonly ok: boolean }): Promise<void> {
    if (!ok) return;
    setAsking(false);
    await refetch();
  }

  const keep = async () => done(await act.run(() => api.keepCommunity({ id: id() })));

  return (
    <section class="stack">
      <Show when={!asking()}>
        <FormProblem problem={act.problem()} />
      </Show>
      <Show
        when={known()?.deleteAt}
        fallback={
          <>
            <div>
              <h2 class="title">Delete it</h2>
              <p class="muted">With all that was said in it, after {days()} in which you can still keep it.</p>
            </div>
            <Button kind="danger" onClick={() => setAsking(true)}>
              Delete the community
            </Button>
          </>
        }
      >
        {(at) => (
          <>
            <div>
              <h2 class="title">It is going to be deleted</h2>
              <p class="muted">
                <time>{sayMoment(at())}</time>, with all that was said in it. Until then everything can be read.
              </p>
            </div>
            <Button kind="first" aria-busy={act.busy()} onClick={() => void keep()}>
              Keep it
            </Button>
          </>
        )}
      </Show>
      <Show when={asking()}>
        <Confirm
          title="Delete the community"
          verb="Delete"
          typed={props.community.name}
          act={act}
          onConfirm={async () =>
            done(await act.run(() => api.deleteCommunity({ id: id(), name: props.community.name })))
          }
          onClose={() => setAsking(false)}
        >
          <p>
            It is archived now. After {days()} its channels and everything said in them are gone for ever, from the
            server and, when they next meet it, from everybody's devices. Until then you can keep it.
          </p>
        </Confirm>
      </Show>
    </section>
  );
}

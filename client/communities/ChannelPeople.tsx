import { createResource, createSignal, For, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { findPeople } from "#client/api/find-people.ts";
import { sayProblem } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import type { Person } from "#client/ui/create-picker.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { PeoplePicker } from "#client/ui/PeoplePicker.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import type { MirroredChannel } from "#shared/entries/kinds/mirror.ts";
import type { MemberId } from "#shared/ids.ts";

/** Who is in a private channel: only they see that it exists. */
export function ChannelPeople(props: { readonly channel: MirroredChannel }) {
  const api = useApi();
  const local = useLocal();
  const act = createAct();
  const id = () => props.channel.id;
  const [answer, { refetch }] = createResource(id, (id) => api.participants({ id }));
  const [chosen, setChosen] = createSignal<readonly Person[]>([]);
  const people = () => {
    const now = answer();
    return now?.ok === true ? now.value.people : [];
  };
  const trouble = () => {
    const now = answer();
    return act.problem() ?? (now?.ok === false ? sayProblem(now.problem) : undefined);
  };

  async function letIn(): Promise<void> {
    const done = await act.run(() => api.letIn({ id: id(), people: chosen().map((person) => person.id as MemberId) }));
    if (!done.ok) return;
    setChosen([]);
    await refetch();
  }

  async function putOut(person: MemberId): Promise<void> {
    const done = await act.run(() => api.putOut({ id: id(), person }));
    if (done.ok) await refetch();
  }

  return (
    <section class="stack">
      <div>
        <h2 class="title">Who is in it</h2>
        <p class="muted">
          Whoever is taken out no longer sees that the channel exists, and loses its copy on their devices.
        </p>
      </div>
      <FormProblem problem={trouble()} />
      <PeoplePicker
        label="Let in"
        hint="Members of this community."
        chosen={chosen()}
        onChange={setChosen}
        find={findPeople(api)}
      />
      <Show when={chosen().length > 0}>
        <Button kind="first" aria-busy={act.busy()} onClick={() => void letIn()}>
          Let {chosen().length === 1 ? chosen()[0]?.name : "them"} in
        </Button>
      </Show>
      <ul class="ends-line">
        <For each={people()}>
          {(person) => (
            <li class="setting">
              <span class="person gap-3">
                <Seat id={person.id} name={person.name} />
                <bdi class="clip">{person.name}</bdi>
              </span>
              <Show when={person.id !== local.me().id} fallback={<span class="note muted">you</span>}>
                <Button onClick={() => void putOut(person.id)}>
                  Take out<span class="hush">: {person.name}</span>
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

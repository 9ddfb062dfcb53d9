import { createSignal, For, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { findPeople } from "#client/api/find-people.ts";
import { useApi } from "#client/api/use-api.ts";
import { nameOf } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import type { Person } from "#client/ui/create-picker.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { PeoplePicker } from "#client/ui/PeoplePicker.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import type { MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import type { MemberId } from "#shared/ids.ts";

/** Who is in a group. Everybody in it may add somebody; leaving is one's own act. */
export function GroupPeople(props: { readonly group: MirroredConversation }) {
  const api = useApi();
  const local = useLocal();
  const act = createAct();
  const [chosen, setChosen] = createSignal<readonly Person[]>([]);

  async function add(): Promise<void> {
    const people = chosen().map(({ id }) => id as MemberId);
    const answer = await act.run(() => api.addToConversation({ id: props.group.id, people }));
    if (answer.ok) setChosen([]);
  }

  return (
    <section class="stack">
      <h2 class="title">Who is in it</h2>
      <FormProblem problem={act.problem()} />
      <PeoplePicker
        label="Add"
        hint="They can read what was said before, too."
        chosen={chosen()}
        onChange={setChosen}
        find={findPeople(api)}
      />
      <Show when={chosen().length > 0}>
        <Button kind="first" aria-busy={act.busy()} onClick={() => void add()}>
          Add to the group
        </Button>
      </Show>
      <ul class="ends-line">
        <For each={props.group.participants}>
          {(person) => (
            <li class="setting">
              <span class="person gap-3">
                <Seat id={person} name={nameOf(local, person)} />
                <bdi class="clip">{nameOf(local, person)}</bdi>
              </span>
              <Show when={person === local.me().id}>
                <span class="note muted">you</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}

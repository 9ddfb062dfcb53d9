import { createSignal, For, Show } from "solid-js";

import type { Act } from "#client/api/create-act.ts";
import { createPages } from "#client/api/create-pages.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import type { MemberId } from "#shared/ids.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";
import { ok } from "#shared/result.ts";

interface Props {
  readonly community: AdministeredCommunity;
  readonly act: Act;
  readonly onDone: (answer: { readonly ok: boolean }) => Promise<void>;
  readonly onClose: () => void;
}

/** Finds the member who shall own a community. */
export function GiveDialog(props: Props) {
  const api = useLaterApi();
  const [words, setWords] = createSignal("");
  const members = createPages(words, async (typed, after, signal) => {
    const q = typed.trim();
    const answer = await api.adminMembers({ id: props.community.id, ...(q !== "" && { q }), after }, signal);
    return answer.ok ? ok({ items: answer.value.members, next: answer.value.next }) : answer;
  });
  const give = async (person: MemberId) =>
    props.onDone(await props.act.run(() => api.giveCommunity({ id: props.community.id, person })));

  return (
    <Dialog title={<>Hand over {props.community.name}</>} onClose={props.onClose}>
      <div class="stack">
        <p>
          Whoever you choose owns it at once.{" "}
          <Show when={props.community.owner}>
            {(owner) => (
              <>
                <bdi>{owner().name}</bdi> becomes an admin of it.
              </>
            )}
          </Show>
        </p>
        <FindField label="Find a member" placeholder="Name" value={words()} onInput={setWords} />
        <FormProblem problem={props.act.problem() ?? members.trouble()} />
        <ul class="ends-line">
          <For each={members.items()}>
            {(member) => (
              <li class="setting">
                <div class="person gap-3">
                  <Seat id={member.id} name={member.name} />
                  <span class="grow">
                    <b class="clip block" dir="auto">
                      {member.name}
                    </b>
                    <span class="note muted">{member.role}</span>
                  </span>
                </div>
                <Show when={member.role !== "owner"}>
                  <Button aria-busy={props.act.busy()} onClick={() => void give(member.id)}>
                    Make owner<span class="hush">: {member.name}</span>
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
        <More pages={members} />
      </div>
    </Dialog>
  );
}

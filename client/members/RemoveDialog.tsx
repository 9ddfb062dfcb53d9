import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import type { Member } from "#shared/protocol/http/communities.ts";

import type { Members } from "./create-members.ts";

interface Props {
  readonly member: Member;
  readonly members: Members;
  readonly onClose: () => void;
}

export function RemoveDialog(props: Props) {
  async function remove(): Promise<void> {
    if (await props.members.remove(props.member.id)) props.onClose();
  }

  return (
    <Dialog title={<>Take {props.member.name} out</>} onClose={props.onClose}>
      <div class="stack">
        <p>
          <bdi>{props.member.name}</bdi> no longer reads or writes anything here, at once and on every device. What they
          wrote stays. What they write offline from now on is refused and kept for them; nobody sees it.
        </p>
        <FormProblem problem={props.members.act.problem()} />
      </div>
      <div class="deciding">
        <Button onClick={() => props.onClose()}>Keep them in</Button>
        <Button kind="danger first" aria-busy={props.members.act.busy()} onClick={() => void remove()}>
          Take out
        </Button>
      </div>
    </Dialog>
  );
}

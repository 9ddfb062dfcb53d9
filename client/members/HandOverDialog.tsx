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

export function HandOverDialog(props: Props) {
  async function handOver(): Promise<void> {
    if (await props.members.handOver(props.member.id)) props.onClose();
  }

  return (
    <Dialog title={<>Hand over to {props.member.name}</>} onClose={props.onClose}>
      <div class="stack">
        <p>
          <bdi>{props.member.name}</bdi> becomes the owner and you an admin. Only they can hand it back.
        </p>
        <FormProblem problem={props.members.act.problem()} />
      </div>
      <div class="deciding">
        <Button onClick={() => props.onClose()}>Keep it</Button>
        <Button kind="danger first" aria-busy={props.members.act.busy()} onClick={() => void handOver()}>
          Hand over
        </Button>
      </div>
    </Dialog>
  );
}

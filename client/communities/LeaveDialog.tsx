import { useNavigate } from "@solidjs/router";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import type { CommunityId } from "#shared/ids.ts";

interface Props {
  readonly community: { readonly id: CommunityId; readonly name: string; readonly access: "open" | "invitation" };
  readonly onClose: () => void;
}

export function LeaveDialog(props: Props) {
  const api = useApi();
  const navigate = useNavigate();
  const act = createAct();

  async function leave(): Promise<void> {
    const answer = await act.run(() => api.leaveCommunity({ id: props.community.id }));
    if (answer.ok) navigate("/", { replace: true });
  }

  return (
    <Dialog title={<>Leave {props.community.name}</>} onClose={props.onClose}>
      <div class="stack">
        <p>
          What you wrote stays in it. Its channels go from this device.{" "}
          {props.community.access === "open"
            ? "You can join again whenever you like."
            : "To come back you need an invitation."}
        </p>
        <FormProblem problem={act.problem()} />
      </div>
      <div class="deciding">
        <Button onClick={() => props.onClose()}>Stay</Button>
        <Button kind="danger first" aria-busy={act.busy()} onClick={() => void leave()}>
          Leave
        </Button>
      </div>
    </Dialog>
  );
}

import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { communityPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useSession } from "#client/sync/use-session.ts";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { rulesOf } from "#client/ui/rules.ts";
import type { InvitationPreview } from "#shared/protocol/http/invitations.ts";

interface Props {
  readonly preview: InvitationPreview;
  readonly token: string;
}

/** For somebody who is signed in. */
export function AcceptInvitation(props: Props) {
  const api = useApi();
  const session = useSession();
  const navigate = useNavigate();
  const act = createAct();
  const { id } = props.preview.community;

  async function accept(): Promise<void> {
    const answer = await act.run(() => api.acceptInvitation({ token: props.token }));
    if (!answer.ok) return;
    await arrived(() => session.local()?.membershipOf(id) !== undefined);
    navigate(communityPath(id), { replace: true });
  }

  return (
    <Show
      when={!props.preview.member}
      fallback={
        <>
          <h2 class="title">You are in it already</h2>
          <LinkButton kind="first" wide href={communityPath(id)}>
            Open it
          </LinkButton>
        </>
      }
    >
      <h2 class="title">Come in</h2>
      <FormProblem problem={act.problem()} />
      <Button kind="first" wide aria-busy={act.busy()} onClick={() => void accept()}>
        {rulesOf(props.preview.community.rules).length > 0 ? "Accept the rules and join" : "Join"}
      </Button>
      <p class="note muted">
        You join as <bdi>{session.local()?.me().name}</bdi>. <a href="/">Not now</a>
      </p>
    </Show>
  );
}

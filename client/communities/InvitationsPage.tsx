import { createResource, For, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { sayProblem } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { plural } from "#client/ui/times.ts";
import type { CommunityId } from "#shared/ids.ts";
import type { Invitation } from "#shared/protocol/http/invitations.ts";

import { ManageSheet } from "./ManageSheet.tsx";
import { NewInvitation } from "./NewInvitation.tsx";

/** Links into a community: new ones, and those that still open the door. */
export const InvitationsPage = () => (
  <ManageSheet needs="community.invite">{(community) => <Invitations community={community.id} />}</ManageSheet>
);

function Invitations(props: { readonly community: CommunityId }) {
  const api = useApi();
  const act = createAct();
  const [answer, { refetch, mutate }] = createResource(
    () => props.community,
    (id) => api.invitations({ id }),
  );
  const open = () => {
    const now = answer.latest;
    return now?.ok === true ? now.value.invitations : [];
  };
  const trouble = () => {
    const now = answer.latest;
    return act.problem() ?? (now?.ok === false ? sayProblem(now.problem) : undefined);
  };

  async function revoke(invitation: Invitation["id"]): Promise<void> {
    const done = await act.run(() => api.revokeInvitation({ id: props.community, invitation }));
    if (done.ok)
      mutate((was) =>
        was?.ok === true
          ? { ok: true, value: { invitations: was.value.invitations.filter(({ id }) => id !== invitation) } }
          : was,
      );
  }

  return (
    <>
      <NewInvitation community={props.community} onMade={() => void refetch()} />
      <section class="stack">
        <h2 class="title">Links that still open the door</h2>
        <FormProblem problem={trouble()} />
        <ul class="ends-line">
          <For
            each={open()}
            fallback={<li class="muted py-3">None. Whoever has no link, and is no member, stays outside.</li>}
          >
            {(invitation) => <Line invitation={invitation} onRevoke={() => void revoke(invitation.id)} />}
          </For>
        </ul>
      </section>
    </>
  );
}

const Line = (props: { readonly invitation: Invitation; readonly onRevoke: () => void }) => (
  <li class="setting">
    <div>
      <p>
        {props.invitation.usesLeft === undefined
          ? "For anybody"
          : `For ${plural(props.invitation.usesLeft, "more person", "more people")}`}
        {props.invitation.role === "guest" ? ", as guests" : ""}
        <Show when={props.invitation.expiresAt} fallback=", without an end">
          {(end) => (
            <>
              , until <time>{sayMoment(end())}</time>
            </>
          )}
        </Show>
      </p>
      <p class="note muted">
        by <bdi>{props.invitation.createdBy}</bdi>, <time>{sayMoment(props.invitation.createdAt)}</time>
      </p>
    </div>
    <Button kind="danger" onClick={() => props.onRevoke()}>
      Revoke
    </Button>
  </li>
);

import { useApi } from "#client/api/use-api.ts";
import { communityPath } from "#client/paths.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { rulesOf } from "#client/ui/rules.ts";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { InvitationPreview } from "#shared/protocol/http/invitations.ts";

import { AccountFields } from "./AccountFields.tsx";
import { createAccountForm } from "./create-account-form.ts";
import { keepingDestination } from "./destination.ts";
import { useEntrance } from "./use-entrance.ts";

interface Props {
  readonly preview: InvitationPreview;
  readonly token: string;
}

/** For somebody without an account: one form makes it and joins. */
export function JoinWithAccount(props: Props) {
  const api = useApi();
  const enter = useEntrance();
  const hasRules = () => rulesOf(props.preview.community.rules).length > 0;
  const form = createAccountForm(
    (choice) => api.signUp({ ...choice, invitation: props.token }),
    (me) => enter(me, communityPath(props.preview.community.id)),
  );

  return (
    <form class="stack" style={{ "--gap": "var(--space-5)" }} novalidate onSubmit={form.submit}>
      <h2 class="title">Take a seat</h2>
      <FormProblem problem={form.problem()} />
      <AccountFields form={form} />
      <SendButton wide busy={form.busy()}>
        {hasRules() ? "Accept the rules and join" : "Join"}
      </SendButton>
      <p class="note">
        Have an account here?{" "}
        <a href={keepingDestination("/sign-in", `/invitation#${props.token}`)}>Sign in and join</a>
      </p>
    </form>
  );
}

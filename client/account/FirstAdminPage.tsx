import { Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";

import { AccountFields } from "./AccountFields.tsx";
import { createAccountForm } from "./create-account-form.ts";
import { useEntrance } from "./use-entrance.ts";
import { LinkWithoutSecret } from "./LinkWithoutSecret.tsx";
import { useSecretOfLink } from "./secret-of-link.ts";
import { StartPage } from "./StartPage.tsx";

/** Opened by the one-time link that the server prints while it has no administrator. */
export function FirstAdminPage() {
  const api = useApi();
  const enter = useEntrance();
  const token = useSecretOfLink();
  const form = createAccountForm(
    (choice) => api.becomeFirstAdmin({ ...choice, token }),
    (me) => enter(me, "/communities/new"),
  );

  return (
    <Show when={token !== ""} fallback={<LinkWithoutSecret />}>
      <StartPage
        title="First one here"
        lead="This Folkmoot is new and empty. The account you make now runs it."
        taken={0}
        onSubmit={form.submit}
      >
        <FormProblem problem={form.problem()} />
        <AccountFields form={form} />
        <SendButton wide busy={form.busy()}>
          Begin
        </SendButton>
      </StartPage>
    </Show>
  );
}

import { useSearchParams } from "@solidjs/router";
import { createResource, Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";

import { AccountFields } from "./AccountFields.tsx";
import { createAccountForm } from "./create-account-form.ts";
import { destination, keepingDestination } from "./destination.ts";
import { useEntrance } from "./use-entrance.ts";
import { Outside } from "./Outside.tsx";
import { StartPage } from "./StartPage.tsx";

export function SignUpPage() {
  const api = useApi();
  const enter = useEntrance();
  const [search] = useSearchParams();
  const to = () => destination(search["to"]);
  const [installation] = createResource(() => api.installation());
  // Until it is known, and where it cannot be, the form stands: the server has the last word.
  const isOpen = () => {
    const known = installation.latest;
    return known?.ok !== true || known.value.signUp === "open";
  };

  const form = createAccountForm(
    (choice) => api.signUp(choice),
    (me) => enter(me, to()),
  );

  return (
    <Outside to={to()}>
      <StartPage title="Your account" lead="One seat, for as long as you like." taken={1} onSubmit={form.submit}>
        <Show
          when={isOpen()}
          fallback={
            <p>
              Here an account needs an invitation. Open the link that somebody sent you, or ask whoever runs this place.
            </p>
          }
        >
          <FormProblem problem={form.problem()} />
          <AccountFields form={form} />
          <SendButton wide busy={form.busy()}>
            Create the account
          </SendButton>
        </Show>
        <p>
          Have an account here? <a href={keepingDestination("/sign-in", to())}>Sign in</a>
        </p>
      </StartPage>
    </Outside>
  );
}

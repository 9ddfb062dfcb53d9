import { useSearchParams } from "@solidjs/router";

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

  const form = createAccountForm(
    (choice) => api.signUp(choice),
    (me) => enter(me, to()),
  );

  return (
    <Outside to={to()}>
      <StartPage title="Your account" lead="One seat, for as long as you like." taken={1} onSubmit={form.submit}>
        <FormProblem problem={form.problem()} />
        <AccountFields form={form} />
        <SendButton wide busy={form.busy()}>
          Create the account
        </SendButton>
        <p>
          Have an account here? <a href={keepingDestination("/sign-in", to())}>Sign in</a>
        </p>
      </StartPage>
    </Outside>
  );
}

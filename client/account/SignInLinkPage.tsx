import { onMount, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";

import { useEntrance } from "./use-entrance.ts";
import { LinkWithoutSecret } from "./LinkWithoutSecret.tsx";
import { useSecretOfLink } from "./secret-of-link.ts";
import { StartPage } from "./StartPage.tsx";

/** Opened by a one-time link that signs somebody in. */
export function SignInLinkPage() {
  const api = useApi();
  const enter = useEntrance();
  const token = useSecretOfLink();
  const act = createAct();

  async function signIn(): Promise<void> {
    const answer = await act.run(() => api.signInByLink({ token }));
    if (answer.ok) await enter(answer.value, "/");
  }

  onMount(() => (token === "" ? undefined : void signIn()));

  return (
    <Show when={token !== ""} fallback={<LinkWithoutSecret />}>
      <StartPage
        title="Folkmoot"
        tab="Sign in"
        lead="This link signs you in."
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <FormProblem problem={act.problem()} />
        <SendButton wide busy={act.busy()} meanwhile="Signing you in">
          Try again
        </SendButton>
        <p>
          <a href="/sign-in">Sign in with a password</a>
        </p>
      </StartPage>
    </Show>
  );
}

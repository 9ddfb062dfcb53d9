import { createSignal, onMount, Show } from "solid-js";

import type { ApiProblem } from "#client/api/problem.ts";
import { sayProblem } from "#client/api/rejection.ts";
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
  const [problem, setProblem] = createSignal<ApiProblem>();
  const [busy, setBusy] = createSignal(false);

  async function signIn(): Promise<void> {
    setBusy(true);
    const answer = await api.signInByLink({ token });
    setBusy(false);
    if (answer.ok) return enter(answer.value, "/");
    else setProblem(answer.problem);
  }

  onMount(() => (token === "" ? undefined : void signIn()));

  return (
    <Show when={token !== ""} fallback={<LinkWithoutSecret />}>
      <StartPage
        title="Folkmoot"
        lead="This link signs you in."
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <FormProblem text={problem() && sayProblem(problem()!)} />
        <SendButton wide busy={busy()} meanwhile="Signing you in">
          Try again
        </SendButton>
        <p>
          <a href="/sign-in">Sign in with a password</a>
        </p>
      </StartPage>
    </Show>
  );
}

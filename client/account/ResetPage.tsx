import { Show } from "solid-js";

import { passwordMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { createForm } from "#client/ui/create-form.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { NewPasswordField } from "#client/ui/PasswordField.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { limits } from "#shared/protocol/http/text.ts";

import { LinkWithoutSecret } from "./LinkWithoutSecret.tsx";
import { useSecretOfLink } from "./secret-of-link.ts";
import { StartPage } from "./StartPage.tsx";
import { useEntrance } from "./use-entrance.ts";

/** Opened by a one-time link that somebody who runs the place made. */
export function ResetPage() {
  const api = useApi();
  const enter = useEntrance();
  const token = useSecretOfLink();

  const form = createForm({
    start: { password: "" },
    check: ({ password }) => ({ password: passwordMistake(password) }),
    async send({ password }) {
      const answer = await api.resetPassword({ token, password });
      return answer.ok ? enter(answer.value, "/") : rejectionOf(answer.problem);
    },
  });

  return (
    <Show when={token !== ""} fallback={<LinkWithoutSecret />}>
      <StartPage
        title="A new password"
        lead="You are signed out everywhere else as soon as it is set."
        onSubmit={form.submit}
      >
        <FormProblem problem={form.problem()} />
        <NewPasswordField least={limits.password.min} {...form.field("password")} label="New password" autofocus />
        <SendButton wide busy={form.busy()}>
          Set it and sign in
        </SendButton>
      </StartPage>
    </Show>
  );
}

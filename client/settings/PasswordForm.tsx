import { createSignal } from "solid-js";

import { passwordMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { createForm } from "#client/ui/create-form.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { NewPasswordField, PasswordField } from "#client/ui/PasswordField.tsx";
import { Saved } from "#client/ui/Saved.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { limits } from "#shared/protocol/http/text.ts";

export function PasswordForm() {
  const api = useApi();
  const [saved, setSaved] = createSignal(false);

  const form = createForm({
    start: { current: "", password: "" },
    check: ({ current, password }) => ({
      current: current === "" ? "Your present password, so that nobody else can change it." : undefined,
      password: passwordMistake(password),
    }),
    async send({ current, password }) {
      const answer = await api.changePassword({ current, password });
      if (!answer.ok) return rejectionOf(answer.problem, { "wrong-password": "current" });
      form.clear();
      setSaved(true);
      return undefined;
    },
  });

  return (
    <section class="stack">
      <div>
        <h2 class="title">Password</h2>
        <p class="muted">A new one ends every other session of yours, and every access token.</p>
      </div>
      <form class="stack max-w-read" novalidate onSubmit={form.submit} onInput={() => setSaved(false)}>
        <FormProblem problem={form.problem()} />
        <PasswordField {...form.field("current")} label="Present password" autocomplete="current-password" />
        <NewPasswordField least={limits.password.min} {...form.field("password")} label="New password" />
        <div class="row-of">
          <SendButton busy={form.busy()}>Change the password</SendButton>
          <Saved when={saved()}>Changed. You are signed in here alone.</Saved>
        </div>
      </form>
    </section>
  );
}

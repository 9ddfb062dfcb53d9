import { useSearchParams } from "@solidjs/router";
import { createResource } from "solid-js";

import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useSession } from "#client/sync/use-session.ts";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { PasswordField } from "#client/ui/PasswordField.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";

import { destination, keepingDestination } from "./destination.ts";
import { Outside } from "./Outside.tsx";
import { StartPage } from "./StartPage.tsx";
import { useEntrance } from "./use-entrance.ts";

export function SignInPage() {
  const api = useApi();
  const session = useSession();
  const enter = useEntrance();
  const [search] = useSearchParams();
  const to = () => destination(search["to"]);
  const lead = () => {
    const whose = session.local()?.me().name;
    return whose === undefined
      ? "Take a seat."
      : `Your session has ended, ${whose}. What waits on this device leaves when you are back.`;
  };

  const [installation] = createResource(() => api.installation());
  const name = () => {
    const known = installation.latest;
    return known?.ok === true ? known.value.name : "Folkmoot";
  };

  const form = createForm({
    start: { login: "", password: "" },
    check: ({ login, password }) => ({
      login: login.trim() === "" ? "The login that you chose when you came." : undefined,
      password: password === "" ? "Your password is needed." : undefined,
    }),
    async send({ login, password }) {
      const answer = await api.signIn({ login: login.trim(), password });
      return answer.ok ? enter(answer.value, to()) : rejectionOf(answer.problem);
    },
  });

  return (
    <Outside to={to()}>
      <StartPage title={name()} tab="Sign in" lead={lead()} onSubmit={form.submit}>
        <FormProblem problem={form.problem()} />
        <Field
          {...form.field("login")}
          label="Login"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          autofocus
        />
        <PasswordField {...form.field("password")} label="Password" autocomplete="current-password" />
        <SendButton wide busy={form.busy()}>
          Sign in
        </SendButton>
        <p class="row-of far">
          <a href={keepingDestination("/forgotten", to())}>Forgotten?</a>
          <a href={keepingDestination("/sign-up", to())}>Create an account</a>
        </p>
        <p class="note muted">After the first time, this device opens without a network, with everything you had.</p>
      </StartPage>
    </Outside>
  );
}

import KeyRound from "lucide-solid/icons/key-round";
import { createSignal, Show } from "solid-js";

import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { useSession } from "#client/sync/use-session.ts";
import { Button } from "#client/ui/Button.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { PasswordField } from "#client/ui/PasswordField.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";

/** Told above everything else when the server no longer knows this session: what is here stays, and waits. */
export function SessionEnded(props: { readonly onRenewed: () => void }) {
  const local = useLocal();
  const [asking, setAsking] = createSignal(false);

  return (
    <>
      <div class="told-above" role="status">
        <Icon of={KeyRound} />
        <p class="grow">Your session has ended, so nothing is sent or fetched. What is on this device is safe, and you can go on writing.</p>
        <Button onClick={() => setAsking(true)}>Sign in again</Button>
      </div>
      <Show when={asking()}>
        <SignInAgain name={local.me().name} onClose={() => setAsking(false)} onDone={() => props.onRenewed()} />
      </Show>
    </>
  );
}

function SignInAgain(props: { readonly name: string; readonly onClose: () => void; readonly onDone: () => void }) {
  const api = useApi();
  const local = useLocal();
  const session = useSession();

  const form = createForm({
    start: { login: "", password: "" },
    async send({ login, password }) {
      const answer = await api.signIn({ login: login.trim(), password });
      if (!answer.ok) return rejectionOf(answer.problem);
      if (answer.value.id !== local.me().id) {
        // Else this one's unsent text would leave under somebody else's name.
        await api.signOut();
        return { fields: { login: `This is not ${props.name}'s login.` } };
      }
      await session.enter(answer.value);
      return props.onDone();
    },
  });

  return (
    <Dialog title="Sign in again" onClose={props.onClose}>
      <form class="stack" novalidate onSubmit={form.submit}>
        <p>
          As <bdi>{props.name}</bdi>. What waits here leaves by itself afterwards.
        </p>
        <FormProblem text={form.problem()} />
        <Field {...form.field("login")} label="Login" autocomplete="username" autocapitalize="none" spellcheck={false} dir="ltr" autofocus />
        <PasswordField {...form.field("password")} label="Password" autocomplete="current-password" />
        <SendButton wide busy={form.busy()}>
          Sign in
        </SendButton>
      </form>
    </Dialog>
  );
}

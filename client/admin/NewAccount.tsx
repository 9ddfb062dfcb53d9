import { createSignal, Show } from "solid-js";

import { rejectionOf } from "#client/api/rejection.ts";
import type { LaterApi } from "#client/api/use-later-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { CopyField } from "#client/ui/CopyField.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Dialog } from "#client/ui/Dialog.tsx";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { MemberId } from "#shared/ids.ts";

interface Props {
  readonly api: LaterApi;
  readonly onMade: () => void;
  readonly onOpen: (id: MemberId) => void;
  readonly onClose: () => void;
}

interface Made {
  readonly id: MemberId;
  readonly name: string;
  readonly url: string;
  readonly expiresAt: number;
}

/** An account for somebody else, and the link that they choose their password with. */
export function NewAccount(props: Props) {
  const [made, setMade] = createSignal<Made>();
  const form = createForm({
    start: { name: "", login: "" },
    check: ({ name, login }) => ({
      name: name.trim() === "" ? "They need a name that others see." : undefined,
      login: login.trim().length < 2 ? "At least two letters or digits." : undefined,
    }),
    async send(values) {
      const answer = await props.api.createAccount(values);
      if (!answer.ok) return rejectionOf(answer.problem);
      const { account, url, expiresAt } = answer.value;
      setMade({ id: account.id, name: account.name, url, expiresAt });
      props.onMade();
      return undefined;
    },
  });

  return (
    <Dialog title="Create an account" onClose={props.onClose}>
      <Show
        when={made()}
        keyed
        fallback={
          <form class="stack" novalidate onSubmit={form.submit}>
            <FormProblem problem={form.problem()} />
            <Field
              {...form.field("name")}
              label="Name"
              hint="What others see. They can change it."
              autocomplete="off"
            />
            <Field
              {...form.field("login")}
              label="Login"
              hint="What they sign in with. It stays as it is."
              autocomplete="off"
              autocapitalize="none"
              dir="ltr"
            />
            <div class="deciding">
              <Button onClick={() => props.onClose()}>Leave it</Button>
              <SendButton busy={form.busy()}>Create</SendButton>
            </div>
          </form>
        }
      >
        {(account) => (
          <div class="stack">
            <CopyField
              label={`For ${account.name} alone`}
              value={account.url}
              hint={
                <>
                  Works once, until <time>{sayMoment(account.expiresAt)}</time>. It is not shown again. Whoever opens it
                  chooses the password.
                </>
              }
            />
            <div class="deciding">
              <Button
                onClick={() => {
                  props.onClose();
                  props.onOpen(account.id);
                }}
              >
                Show the account
              </Button>
              <Button kind="first" onClick={() => props.onClose()}>
                Done
              </Button>
            </div>
          </div>
        )}
      </Show>
    </Dialog>
  );
}

import { createSignal, Match, Show, Switch } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Confirm } from "#client/ui/Confirm.tsx";
import { CopyField } from "#client/ui/CopyField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { Setting } from "#client/ui/Setting.tsx";
import type { Account } from "#shared/protocol/http/admin/people.ts";

interface Props {
  readonly account: Account;
  readonly onChanged: () => void;
}

type Asked = "admin" | "member" | "disable" | "sign-out";

/** What can be done to an account; what hurts is asked about first. */
export function PersonActs(props: Props) {
  const api = useLaterApi();
  const act = createAct();
  const [asked, setAsked] = createSignal<Asked>();
  const [link, setLink] = createSignal<{ readonly url: string; readonly expiresAt: number }>();
  const isDisabled = () => props.account.disabledAt !== undefined;
  const id = () => props.account.id;
  const ask = (what: Asked) => setAsked(what);

  async function change(what: { readonly disabled?: boolean; readonly platformAdmin?: boolean }): Promise<void> {
    await after(await act.run(() => api.changeAccount({ id: id(), ...what })));
  }

  async function after({ ok }: { readonly ok: boolean }): Promise<void> {
    if (!ok) return;
    setAsked(undefined);
    props.onChanged();
  }

  async function makeLink(): Promise<void> {
    const answer = await act.run(() => api.makeResetLink({ id: id() }));
    if (answer.ok) setLink(answer.value);
  }

  return (
    <section>
      <Show when={asked() === undefined}>
        <FormProblem problem={act.problem()} />
      </Show>
      <Show when={props.account.login !== null && !isDisabled()}>
        <Setting title="A new password" note="A link that works once, for whoever forgot theirs.">
          <Button aria-busy={act.busy()} onClick={() => void makeLink()}>
            Reset link
          </Button>
        </Setting>
        <Show when={link()}>
          {(made) => (
            <CopyField
              label={`For ${props.account.name} alone`}
              value={made().url}
              hint={
                <>
                  Works once, until <time>{sayMoment(made().expiresAt)}</time>. Give it to them by a way you trust:
                  whoever opens it chooses the password.
                </>
              }
            />
          )}
        </Show>
        <Setting title="Sign out everywhere" note="On every device, and the programs that they let in.">
          <Button onClick={() => ask("sign-out")}>End all sessions</Button>
        </Setting>
        <Setting
          title={props.account.platformAdmin ? "Admin of this place" : "Make an admin"}
          note="Admins run accounts, communities and settings, and read the audit trail."
        >
          <Button onClick={() => ask(props.account.platformAdmin ? "member" : "admin")}>
            {props.account.platformAdmin ? "Make a member" : "Make an admin"}
          </Button>
        </Setting>
      </Show>
      <Setting
        title={isDisabled() ? "The account is disabled" : "Disable the account"}
        note={isDisabled() ? "Nobody can sign in with it. What was written stays." : "What was written stays."}
      >
        <Show
          when={isDisabled()}
          fallback={
            <Button kind="danger" onClick={() => ask("disable")}>
              Disable
            </Button>
          }
        >
          <Button aria-busy={act.busy()} onClick={() => void change({ disabled: false })}>
            Enable again
          </Button>
        </Show>
      </Setting>

      <Switch>
        <Match when={asked() === "disable"}>
          <Confirm
            title={<>Disable {props.account.name}</>}
            verb="Disable"
            act={act}
            onConfirm={() => change({ disabled: true })}
            onClose={() => setAsked(undefined)}
          >
            <p>
              <bdi>{props.account.name}</bdi> is signed out everywhere at once, cannot sign in, and nothing that is on
              its way from their devices is taken. What they wrote stays, and the account can be enabled again.
            </p>
          </Confirm>
        </Match>
        <Match when={asked() === "sign-out"}>
          <Confirm
            title={<>Sign {props.account.name} out everywhere</>}
            verb="End all sessions"
            act={act}
            onConfirm={async () => after(await act.run(() => api.endSessions({ id: id() })))}
            onClose={() => setAsked(undefined)}
          >
            <p>
              Every device and program of theirs is closed at once. They can sign in again; programs need a new token.
            </p>
          </Confirm>
        </Match>
        <Match when={asked() === "admin"}>
          <Confirm
            title={<>Make {props.account.name} an admin</>}
            verb="Make an admin"
            act={act}
            onConfirm={() => change({ platformAdmin: true })}
            onClose={() => setAsked(undefined)}
          >
            <p>
              They can then do all that you can here: disable accounts, yours too, and delete communities. They read
              nothing that they could not read before.
            </p>
          </Confirm>
        </Match>
        <Match when={asked() === "member"}>
          <Confirm
            title={<>Make {props.account.name} a member</>}
            verb="Make a member"
            act={act}
            onConfirm={() => change({ platformAdmin: false })}
            onClose={() => setAsked(undefined)}
          >
            <p>They no longer run this place. Their roles in communities stay as they are.</p>
          </Confirm>
        </Match>
      </Switch>
    </section>
  );
}

import { createSignal, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useApi } from "#client/api/use-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { CopyField } from "#client/ui/CopyField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayDay, sayMoment } from "#client/ui/say-time.ts";
import { Seat } from "#client/ui/Seat.tsx";
import type { Account } from "#shared/protocol/http/people.ts";

/** A person, and the way back in for those who forgot their password. */
export function AccountLine(props: { readonly account: Account }) {
  const api = useApi();
  const act = createAct();
  const [link, setLink] = createSignal<{ readonly url: string; readonly expiresAt: number }>();

  async function make(): Promise<void> {
    const answer = await act.run(() => api.makeResetLink({ id: props.account.id }));
    if (answer.ok) setLink(answer.value);
  }

  return (
    <li class="setting">
      <div class="person gap-3">
        <Seat id={props.account.id} name={props.account.name} />
        <span class="grow">
          <b class="clip block" dir="auto">
            {props.account.name}
          </b>
          <span class="note muted clip block">
            {props.account.login ?? "came with an import, nobody signs in"}
            {props.account.platformAdmin ? ", runs this place" : ""}, since{" "}
            <time>{sayDay(props.account.createdAt)}</time>
          </span>
        </span>
      </div>
      <Show when={props.account.login !== null}>
        <Button aria-busy={act.busy()} onClick={() => void make()}>
          Reset link<span class="hush"> for {props.account.name}</span>
        </Button>
      </Show>
      <div class="col-span-full">
        <FormProblem problem={act.problem()} />
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
      </div>
    </li>
  );
}

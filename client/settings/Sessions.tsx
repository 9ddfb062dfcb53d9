import { For, Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayDay, sayMoment } from "#client/ui/say-time.ts";
import type { SessionLine } from "#shared/protocol/http/account.ts";

import { createSessions } from "./create-sessions.ts";
import { Setting } from "#client/ui/Setting.tsx";

/** Where this account is signed in, this device first. */
export function Sessions() {
  const sessions = createSessions(useApi());

  return (
    <section class="stack">
      <h2 class="title">Where you are signed in</h2>
      <FormProblem problem={sessions.problem()} />
      <Show when={sessions.all().length > 0}>
        <div>
          <For each={sessions.all()}>
            {(session) => <Line session={session} onEnd={() => void sessions.end(session)} />}
          </For>
        </div>
      </Show>
      <Show when={sessions.all().length > 1}>
        <Button kind="danger" onClick={() => void sessions.endOthers()}>
          Sign out everywhere else
        </Button>
      </Show>
    </section>
  );
}

function Line(props: { readonly session: SessionLine; readonly onEnd: () => void }) {
  const device = () => props.session.device || "An unknown device";

  return (
    <Setting
      title={
        <>
          {device()}{" "}
          <Show when={props.session.current}>
            <span class="note font-plain text-accent">this one</span>
          </Show>
        </>
      }
      note={
        <Show
          when={props.session.current}
          fallback={
            <>
              last here <time>{sayMoment(props.session.seenAt)}</time>
            </>
          }
        >
          here since <time>{sayDay(props.session.createdAt)}</time>
        </Show>
      }
    >
      <Show when={!props.session.current}>
        <Button onClick={() => props.onEnd()}>
          Sign out<span class="hush">: {device()}</span>
        </Button>
      </Show>
    </Setting>
  );
}

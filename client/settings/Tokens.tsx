import { For, Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayDay, sayMoment } from "#client/ui/say-time.ts";
import type { AccessTokenLine } from "#shared/protocol/http/account.ts";

import { createTokens } from "./create-tokens.ts";
import { NewToken } from "./NewToken.tsx";
import { Setting } from "#client/ui/Setting.tsx";

/** What lets programs in as this account. */
export function Tokens() {
  const tokens = createTokens(useApi());

  return (
    <section class="stack">
      <div>
        <h2 class="title">Programs</h2>
        <p class="muted">
          A program of yours, such as a bot, reads and writes as you with an access token. A new password ends them all.
        </p>
      </div>
      <FormProblem problem={tokens.problem()} />
      <Show when={tokens.all().length > 0}>
        <div>
          <For each={tokens.all()}>{(token) => <Line token={token} onRevoke={() => void tokens.revoke(token)} />}</For>
        </div>
      </Show>
      <NewToken onMade={() => void tokens.load()} />
    </section>
  );
}

const Line = (props: { readonly token: AccessTokenLine; readonly onRevoke: () => void }) => (
  <Setting title={props.token.name} note={<Use token={props.token} />}>
    <Button onClick={() => props.onRevoke()}>
      Revoke<span class="hush">: {props.token.name}</span>
    </Button>
  </Setting>
);

const Use = (props: { readonly token: AccessTokenLine }) => (
  <Show when={props.token.works} fallback="opens nothing any more">
    <Show when={props.token.usedAt} fallback="not used yet">
      {(at) => (
        <>
          last used <time>{sayMoment(at())}</time>
        </>
      )}
    </Show>
    <Show when={props.token.expiresAt}>
      {(at) => (
        <>
          , works until <time>{sayDay(at())}</time>
        </>
      )}
    </Show>
  </Show>
);

import { createResource, Match, Show, Switch } from "solid-js";

import type { ApiProblem } from "#client/api/problem.ts";
import { sayProblem } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useSession } from "#client/sync/use-session.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { Rules } from "#client/ui/Rules.tsx";
import { rulesOf } from "#client/ui/rules.ts";
import { plural } from "#client/ui/times.ts";
import { createTitle } from "#client/ui/title.ts";
import type { InvitationPreview } from "#shared/protocol/http/invitations.ts";

import { AcceptInvitation } from "./AcceptInvitation.tsx";
import { JoinWithAccount } from "./JoinWithAccount.tsx";
import { LinkWithoutSecret } from "./LinkWithoutSecret.tsx";
import { useSecretOfLink } from "./secret-of-link.ts";
import { StartPage } from "./StartPage.tsx";

/** A link into a community, for those who have an account and for those who have none. */
export function InvitationPage() {
  const api = useApi();
  const token = useSecretOfLink();
  const [answer, { refetch }] = createResource(
    () => token || undefined,
    (token) => api.previewInvitation({ token }),
  );
  const told = <Ok extends boolean>(ok: Ok) => {
    const now = answer();
    return now?.ok === ok ? (now as Extract<typeof now, { ok: Ok }>) : undefined;
  };

  createTitle(() => `An invitation to ${told(true)?.value.community.name ?? "a community"}`);

  return (
    <Switch>
      {/* What is too short to be a secret is told apart by the server: nobody made it. */}
      <Match when={token === "" || told(false)?.problem.kind === "not-found"}>
        <LinkWithoutSecret />
      </Match>
      <Match when={told(false)}>{(answer) => <Void problem={answer().problem} onAgain={() => void refetch()} />}</Match>
      <Match when={told(true)}>{(answer) => <Invitation preview={answer().value} token={token} />}</Match>
    </Switch>
  );
}

function Invitation(props: { readonly preview: InvitationPreview; readonly token: string }) {
  const session = useSession();
  const community = () => props.preview.community;

  return (
    <main class="outside" data-community style={{ "--community-hue": community().hue }}>
      <div class="front alone">
        <div class="stack" style={{ "--gap": "var(--space-6)" }}>
          <header class="stack">
            <p class="muted">You are invited{props.preview.role === "guest" ? " as a guest" : ""}.</p>
            <Banner name={community().name} hue={community().hue} here tall />
            <h1 class="display" dir="auto">
              {community().name}
            </h1>
            <Show when={community().description}>
              {(description) => (
                <p class="lead-words whitespace-pre-line" dir="auto">
                  {description()}
                </p>
              )}
            </Show>
            <p class="note muted">{plural(community().members, "member")}</p>
          </header>
          <Rules rules={rulesOf(community().rules)} />
        </div>
        <div class="door stack">
          <Show when={session.local()} fallback={<JoinWithAccount preview={props.preview} token={props.token} />}>
            <AcceptInvitation preview={props.preview} token={props.token} />
          </Show>
        </div>
      </div>
    </main>
  );
}

/** One answer for wrong, used up and expired: a stranger learns nothing from it. */
function Void(props: { readonly problem: ApiProblem; readonly onAgain: () => void }) {
  const isOver = () => props.problem.kind === "invitation-void";

  return (
    <StartPage
      title={isOver() ? "This invitation has ended" : "Not now"}
      lead={sayProblem(props.problem).text}
      taken={0}
    >
      <div class="row-of">
        <Show when={!isOver()}>
          <Button kind="first" onClick={() => props.onAgain()}>
            Try again
          </Button>
        </Show>
        <LinkButton href="/">To the start</LinkButton>
      </div>
    </StartPage>
  );
}

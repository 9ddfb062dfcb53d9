import { createSignal, Match, Show, Switch } from "solid-js";

import { communityPath, DISCOVER, membersPath } from "#client/paths.ts";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { Checkbox } from "#client/ui/Choices.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { rulesOf } from "#client/ui/rules.ts";
import { plural } from "#client/ui/times.ts";
import type { CommunityId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";

import { createJoining } from "./create-joining.ts";
import { LeaveDialog } from "./LeaveDialog.tsx";

interface Props {
  readonly community: {
    readonly id: CommunityId;
    readonly name: string;
    readonly rules: string;
    readonly access: "open" | "invitation";
  };
  readonly role: Role | undefined;
}

/** The way into a community, and out of it. */
export const Door = (props: Props) => (
  <div class="door stack">
    <Switch fallback={<Closed name={props.community.name} />}>
      <Match when={props.role}>{(role) => <Inside community={props.community} role={role()} />}</Match>
      <Match when={props.community.access === "open"}>
        <Open community={props.community} />
      </Match>
    </Switch>
  </div>
);

function Open(props: Pick<Props, "community">) {
  const join = createJoining();
  const rules = () => rulesOf(props.community.rules).length;
  const [accepted, setAccepted] = createSignal(false);
  const ready = () => accepted() || rules() === 0;

  return (
    <>
      <div>
        <h2 class="title">Come in</h2>
        <p class="muted">Open to everybody with an account here.</p>
      </div>
      <FormProblem problem={join.problem()} />
      <Show when={rules() > 0}>
        <Checkbox
          label={`I accept the ${rules() === 1 ? "rule" : plural(rules(), "rule")}`}
          checked={accepted()}
          onChange={setAccepted}
        />
      </Show>
      <Button
        kind={ready() ? "first" : undefined}
        wide
        aria-disabled={ready() ? undefined : "true"}
        aria-describedby="door-needs"
        aria-busy={join.busy()}
        onClick={() => ready() && void join.go(props.community)}
      >
        Join
      </Button>
      <p id="door-needs" class="note muted" hidden={ready()}>
        Accept the rules first.
      </p>
    </>
  );
}

const Closed = (props: { readonly name: string }) => (
  <>
    <div>
      <h2 class="title">By invitation only</h2>
      <p class="muted">{props.name} has no door to knock at. Somebody inside can send you a link.</p>
    </div>
    <LinkButton href={DISCOVER}>Back to Discover</LinkButton>
  </>
);

function Inside(props: { readonly community: Props["community"]; readonly role: Role }) {
  const [leaving, setLeaving] = createSignal(false);

  return (
    <>
      <div>
        <h2 class="title">You are in it</h2>
        <p class="muted">
          {props.role === "owner" ? "It is yours: hand it to somebody else before you leave." : `As ${props.role}.`}
        </p>
      </div>
      <LinkButton kind="first" wide href={communityPath(props.community.id)}>
        Open it
      </LinkButton>
      <LinkButton wide href={membersPath(props.community.id)}>
        Members
      </LinkButton>
      <Show when={props.role !== "owner"}>
        <Button kind="danger plain" onClick={() => setLeaving(true)}>
          Leave
        </Button>
      </Show>
      <Show when={leaving()}>
        <LeaveDialog community={props.community} onClose={() => setLeaving(false)} />
      </Show>
    </>
  );
}

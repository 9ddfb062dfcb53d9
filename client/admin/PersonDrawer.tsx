import { useLocation, useNavigate } from "@solidjs/router";
import { createResource, For, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi, type LaterApi } from "#client/api/use-later-api.ts";
import { ADMIN, adminCommunityPath } from "#client/paths.ts";
import { Drawer } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayDay, sayMoment } from "#client/ui/say-time.ts";
import { Seat } from "#client/ui/Seat.tsx";
import { plural } from "#client/ui/times.ts";
import type { MemberId } from "#shared/ids.ts";

import { useAccounts } from "./accounts-context.ts";
import { ActsOn } from "./ActsOn.tsx";
import { PersonActs } from "./PersonActs.tsx";

type Details = Extract<Awaited<ReturnType<LaterApi["account"]>>, { readonly ok: true }>["value"];

/** One person: where they belong, where they are signed in, what was done to them, and what can be. */
export function PersonDrawer(props: { readonly id: MemberId }) {
  const api = useLaterApi();
  const go = useNavigate();
  const location = useLocation();
  const list = useAccounts();
  const act = createAct();
  const [details, { refetch }] = createResource(
    () => props.id,
    (id) => act.run(() => api.account({ id })),
  );
  const found = () => {
    const answer = details.latest;
    return answer?.ok === true ? answer.value : undefined;
  };

  async function changed(): Promise<void> {
    const answer = await refetch();
    if (!answer?.ok) return;
    const { account } = answer.value;
    list?.change((items) => items.map((item) => (item.id === account.id ? account : item)));
  }

  return (
    <Drawer
      title={<bdi>{found()?.account.name ?? "Account"}</bdi>}
      onClose={() => go(`${ADMIN}/people${location.search}`)}
    >
      <FormProblem problem={act.problem()} />
      <Show when={details.latest?.ok === false && act.problem()?.calm === false}>
        <EmptyState title="No such account" text="It is not here, or no more." />
      </Show>
      <Show when={found()}>
        {(known) => (
          <>
            <Facts details={known()} />
            <Places details={known()} />
            <Devices details={known()} />
            <PersonActs account={known().account} onChanged={() => void changed()} />
            <ActsOn api={api} target={known().account.id} of={known()} />
          </>
        )}
      </Show>
    </Drawer>
  );
}

const Facts = (props: { readonly details: Details }) => (
  <div class="person gap-3">
    <Seat id={props.details.account.id} name={props.details.account.name} size={3} />
    <dl class="facts note grow">
      <dt>Login</dt>
      <dd class="clip">{props.details.account.login ?? "none: came with an import"}</dd>
      <dt>Since</dt>
      <dd>
        <time>{sayDay(props.details.account.createdAt)}</time>
      </dd>
      <dt>Role here</dt>
      <dd>{props.details.account.platformAdmin ? "admin of this place" : "member"}</dd>
      <Show when={props.details.account.disabledAt}>
        {(at) => (
          <>
            <dt>Disabled</dt>
            <dd class="text-danger">
              <time>{sayMoment(at())}</time>
            </dd>
          </>
        )}
      </Show>
    </dl>
  </div>
);

const Places = (props: { readonly details: Details }) => (
  <section>
    <h3 class="note muted unstressed">
      {props.details.communities.length === 0
        ? "In no community"
        : `In ${plural(props.details.communities.length, "community", "communities")}`}
    </h3>
    <ul>
      <For each={props.details.communities}>
        {(community) => (
          <li class="setting">
            <a class="clip" href={adminCommunityPath(community.id)}>
              <bdi>{community.name}</bdi>
            </a>
            <span class="note muted">{community.role}</span>
          </li>
        )}
      </For>
    </ul>
  </section>
);

const Devices = (props: { readonly details: Details }) => (
  <section>
    <h3 class="note muted unstressed">
      {props.details.sessions.length === 0
        ? "Not signed in"
        : `Signed in on ${plural(props.details.sessions.length, "device")}`}
      {props.details.tokens === 0 ? "" : `, ${plural(props.details.tokens, "program")} let in`}
    </h3>
    <ul>
      <For each={props.details.sessions}>
        {(session) => (
          <li class="setting">
            <div>
              <b>{session.device || "An unknown device"}</b>
              <p class="note muted">
                since <time>{sayDay(session.createdAt)}</time>, last <time>{sayMoment(session.seenAt)}</time>
              </p>
            </div>
          </li>
        )}
      </For>
    </ul>
  </section>
);

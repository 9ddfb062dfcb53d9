import { useLocation, useNavigate } from "@solidjs/router";
import { createResource, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { ADMIN, adminPersonPath } from "#client/paths.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Drawer } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayDay } from "#client/ui/say-time.ts";
import { plural } from "#client/ui/times.ts";
import type { CommunityId } from "#shared/ids.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";

import { ActsOn } from "./ActsOn.tsx";
import { CommunityActs } from "./CommunityActs.tsx";
import { useCommunities } from "./communities-context.ts";
import { StateOf } from "./StateOf.tsx";

/** One community, as whoever runs the place sees it: in figures, and what can be done with it. */
export function CommunityDrawer(props: { readonly id: CommunityId }) {
  const api = useLaterApi();
  const go = useNavigate();
  const location = useLocation();
  const list = useCommunities();
  const act = createAct();
  const [found, { refetch }] = createResource(
    () => props.id,
    async (id) => {
      const answer = await act.run(() => api.adminCommunities({ q: id }));
      return answer.ok ? (answer.value.communities[0] ?? null) : undefined;
    },
  );

  async function changed(): Promise<void> {
    const community = await refetch();
    if (community) list?.change((items) => items.map((item) => (item.id === community.id ? community : item)));
  }

  return (
    <Drawer
      title={<bdi>{found.latest?.name ?? "Community"}</bdi>}
      onClose={() => go(`${ADMIN}/communities${location.search}`)}
    >
      <FormProblem problem={act.problem()} />
      <Show when={found.latest === null}>
        <EmptyState title="No such community" text="It is not here, or it was deleted." />
      </Show>
      <Show when={found.latest}>
        {(community) => (
          <>
            <Facts community={community()} />
            <CommunityActs community={community()} onChanged={() => void changed()} />
            <ActsOn api={api} target={community().id} of={community()} />
          </>
        )}
      </Show>
    </Drawer>
  );
}

const Facts = (props: { readonly community: AdministeredCommunity }) => (
  <div class="person gap-3">
    <Banner name={props.community.name} hue={props.community.hue} />
    <dl class="facts note grow">
      <dt>Owner</dt>
      <dd>
        <Show when={props.community.owner} fallback="nobody">
          {(owner) => (
            <a href={adminPersonPath(owner().id)}>
              <bdi>{owner().name}</bdi>
            </a>
          )}
        </Show>
      </dd>
      <dt>Holds</dt>
      <dd>
        {plural(props.community.members, "member")}, {plural(props.community.channels, "channel")}
      </dd>
      <dt>Since</dt>
      <dd>
        <time>{sayDay(props.community.createdAt)}</time>
      </dd>
      <dt>State</dt>
      <dd>
        <StateOf community={props.community} />
      </dd>
    </dl>
  </div>
);

import { useLocation, useSearchParams } from "@solidjs/router";
import Layers from "lucide-solid/icons/layers";
import { createMemo, createSignal, For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { ADMIN, adminCommunityPath } from "#client/paths.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { sayDay } from "#client/ui/say-time.ts";
import { count, plural } from "#client/ui/times.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";
import type { CommunityId } from "#shared/ids.ts";
import { ok } from "#shared/result.ts";

import { AdminSheet } from "./AdminSheet.tsx";
import { CommunitiesContext } from "./communities-context.ts";
import { CommunityDrawer } from "./CommunityDrawer.tsx";
import type { OpenPage } from "./admin-page.ts";
import { StateOf } from "./StateOf.tsx";
import { StateTabs } from "./StateTabs.tsx";

const states = ["archived", "deleting"] as const;
const labels = { archived: "Archived", deleting: "To be deleted" };

/** Every community of the place, and the one that is open. */
export function CommunitiesPage(props: OpenPage) {
  const api = useLaterApi();
  const [search, setSearch] = useSearchParams<{ q?: string; state?: string }>();
  const [counts, setCounts] = createSignal<Readonly<Record<"all" | (typeof states)[number], number>>>();
  const asked = createMemo(() => ({
    q: (search.q ?? "").trim(),
    state: states.find((known) => known === search.state),
  }));

  const communities = createPages(asked, async ({ q, state }, after, signal) => {
    const answer = await api.adminCommunities({ ...(q !== "" && { q }), state, after }, signal);
    if (answer.ok) setCounts(answer.value.counts);
    return answer.ok ? ok({ items: answer.value.communities, next: answer.value.next }) : answer;
  });

  return (
    <CommunitiesContext.Provider value={communities}>
      <AdminSheet
        title="Communities"
        topic={<Show when={counts()}>{(known) => <>{plural(known().all, "community", "communities")}</>}</Show>}
        tabs={
          <StateTabs
            label="Communities"
            base={`${ADMIN}/communities`}
            states={states}
            labels={labels}
            counts={counts()}
            here={asked().state}
          />
        }
      >
        <div class="gutter">
          <div class="filters">
            <FindField
              label="Find a community"
              placeholder="Name or id"
              value={search.q ?? ""}
              onInput={(q) => setSearch({ q: q === "" ? null : q }, { replace: true })}
            />
          </div>
          <div class="py-2">
            <FormProblem problem={communities.trouble()} />
          </div>
          <Show
            when={communities.items()?.length !== 0}
            fallback={
              <EmptyState
                icon={Layers}
                title="No community is like this"
                text="A part of a name finds one; the tabs above narrow them down."
              />
            }
          >
            <table class="folk">
              <caption class="hush">Communities</caption>
              <thead>
                <tr>
                  <th scope="col">Community</th>
                  <th scope="col" class="low">
                    Owner
                  </th>
                  <th scope="col">Members</th>
                  <th scope="col" class="low">
                    Channels
                  </th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                <For each={communities.items()}>{(community) => <Row community={community} />}</For>
              </tbody>
            </table>
          </Show>
          <More pages={communities} />
        </div>
      </AdminSheet>
      <Show when={props.open}>{(id) => <CommunityDrawer id={id() as CommunityId} />}</Show>
    </CommunitiesContext.Provider>
  );
}

function Row(props: { readonly community: AdministeredCommunity }) {
  const location = useLocation();

  return (
    <tr>
      <td>
        <a class="person row-link" href={`${adminCommunityPath(props.community.id)}${location.search}`}>
          <Banner name={props.community.name} hue={props.community.hue} />
          <span class="grow">
            <b class="clip block" dir="auto">
              {props.community.name}
            </b>
            <span class="note muted clip block">
              {props.community.access === "open" ? "open" : "by invitation"}, since{" "}
              <time>{sayDay(props.community.createdAt)}</time>
            </span>
          </span>
        </a>
      </td>
      <td class="note low">
        <bdi>{props.community.owner?.name ?? "nobody"}</bdi>
      </td>
      <td class="when figure">{count(props.community.members)}</td>
      <td class="when figure low">{count(props.community.channels)}</td>
      <td class="note keep">
        <StateOf community={props.community} />
      </td>
    </tr>
  );
}

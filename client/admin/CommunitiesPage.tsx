import { useLocation } from "@solidjs/router";
import Layers from "lucide-solid/icons/layers";
import { For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { adminCommunityPath } from "#client/paths.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { sayDay } from "#client/ui/say-time.ts";
import { count, plural } from "#client/ui/times.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";
import type { CommunityId } from "#shared/ids.ts";
import { ok } from "#shared/result.ts";

import { CommunitiesContext } from "./communities-context.ts";
import { CommunityDrawer } from "./CommunityDrawer.tsx";
import type { OpenPage } from "./admin-page.ts";
import { createFinding } from "./create-finding.ts";
import { FindSheet } from "./FindSheet.tsx";
import { StateOf } from "./StateOf.tsx";

const states = ["archived", "deleting"] as const;
const labels = { archived: "Archived", deleting: "To be deleted" };

/** Every community of the place, and the one that is open. */
export function CommunitiesPage(props: OpenPage) {
  const api = useLaterApi();
  const finding = createFinding(states);
  const communities = createPages(finding.asked, async (asked, after, signal) => {
    const answer = await api.adminCommunities({ ...asked, after }, signal);
    if (answer.ok) finding.setCounts(answer.value.counts);
    return answer.ok ? ok({ items: answer.value.communities, next: answer.value.next }) : answer;
  });

  return (
    <CommunitiesContext.Provider value={communities}>
      <FindSheet
        title="Communities"
        name="communities"
        topic={(all) => plural(all, "community", "communities")}
        finding={finding}
        labels={labels}
        field={{ label: "Find a community", placeholder: "Name or id" }}
        pages={communities}
        empty={{
          icon: Layers,
          title: "No community is like this",
          text: "A part of a name finds one; the tabs above narrow them down.",
        }}
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
      </FindSheet>
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

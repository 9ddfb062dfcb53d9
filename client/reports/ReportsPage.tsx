import { useParams } from "@solidjs/router";
import { Show } from "solid-js";

import { communityPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import type { CommunityId } from "#shared/ids.ts";

import { ReportsSheet } from "./ReportsSheet.tsx";

/** What becomes of a community, for those who keep it. */
export function ReportsPage() {
  const local = useLocal();
  const params = useParams<{ community: CommunityId }>();
  const name = () => local.communities().find(({ id }) => id === params.community)?.name ?? "";

  return (
    <Show when={local.may("report.read", params.community)} fallback={<Nothing community={params.community} />}>
      <ReportsSheet
        whole={{ scope: "community", id: params.community }}
        name={name()}
        channels={local.channelsOf(params.community)}
        back={communityPath(params.community)}
        backLabel="Back to the channels"
      />
    </Show>
  );
}

const Nothing = (props: { readonly community: CommunityId }) => (
  <main class="sheet">
    <Bar back={communityPath(props.community)} backLabel="Back to the channels" title="Reports" />
    <EmptyState
      title="Nothing here for you"
      text="Reports are for those who keep this community. Your role does not reach this far."
    />
  </main>
);

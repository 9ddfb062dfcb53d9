import { useLaterApi } from "#client/api/use-later-api.ts";
import { ExportTrail } from "#client/order/ExportTrail.tsx";
import { Trail } from "#client/order/Trail.tsx";
import type { CommunityId } from "#shared/ids.ts";

import { ManageSheet } from "./ManageSheet.tsx";

/** What was done in a community by those who run it. */
export const TrailPage = () => (
  <ManageSheet needs="community.audit">{(community) => <CommunityTrail community={community.id} />}</ManageSheet>
);

function CommunityTrail(props: { readonly community: CommunityId }) {
  const api = useLaterApi();

  return (
    <section>
      <div class="row-of pb-4">
        <p class="muted">
          Every act of those who run this community. It is only added to, and nobody can switch it off.
        </p>
        <ExportTrail of={`/communities/${props.community}/audit/export`} />
      </div>
      <Trail ask={(question, signal) => api.communityAudit({ ...question, id: props.community }, signal)} />
    </section>
  );
}

import { useLocation, useParams } from "@solidjs/router";
import { createMemo, Show, type JSX } from "solid-js";

import { communityPath, invitationsPath, manageChannelsPath, managePath, trailPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Tabs } from "#client/ui/Tabs.tsx";
import { createTitle } from "#client/ui/title.ts";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";
import type { CommunityId } from "#shared/ids.ts";
import type { Action } from "#shared/permissions/rules.ts";

interface Props {
  /** What one must be allowed to see this page. */
  readonly needs: Action;
  readonly children: (community: MirroredCommunity) => JSX.Element;
}

/** The pages on which a community is run. */
export function ManageSheet(props: Props) {
  const local = useLocal();
  const params = useParams<{ community: CommunityId }>();
  const community = () => local.communities().find(({ id }) => id === params.community);
  // Another one only when another is opened, so that a form keeps what was typed while the community changes under it.
  const opened = createMemo(community, undefined, { equals: (one, other) => one?.id === other?.id });

  createTitle(() => `Manage ${community()?.name ?? ""}`);

  return (
    <main class="sheet">
      <Bar
        back={communityPath(params.community)}
        backLabel="Back to the channels"
        title={`Manage ${community()?.name ?? ""}`}
      />
      <Show when={community() !== undefined && local.may(props.needs, params.community)} fallback={<Nothing />}>
        <div class="scroll">
          <div class="column">
            <ManageTabs community={params.community} />
            <div class="stack pt-6" style={{ "--gap": "var(--space-10)" }}>
              <Show when={opened()} keyed>
                {(found) => props.children(found)}
              </Show>
            </div>
          </div>
        </div>
      </Show>
    </main>
  );
}

function ManageTabs(props: { readonly community: CommunityId }) {
  const local = useLocal();
  const location = useLocation();
  const pages = () =>
    [
      { href: managePath(props.community), label: "General", needs: "community.manage" },
      { href: manageChannelsPath(props.community), label: "Channels", needs: "channel.create" },
      { href: invitationsPath(props.community), label: "Invitations", needs: "community.invite" },
      { href: trailPath(props.community), label: "Audit trail", needs: "community.audit" },
    ] as const;
  const tabs = () =>
    pages()
      .filter(({ needs }) => local.may(needs, props.community))
      .map(({ href, label }) => ({
        href,
        label,
        here: isWithin(location.pathname, href, managePath(props.community)),
      }));

  return <Tabs label="Manage" tabs={tabs()} />;
}

/** A page of the channels is the tab of the channels; the first tab is only itself. */
const isWithin = (path: string, page: string, first: string): boolean =>
  path === page || (page !== first && path.startsWith(`${page}/`));

const Nothing = () => (
  <EmptyState
    title="Nothing here for you"
    text="There is nothing here for you. The address is wrong, or your role does not reach this far."
  />
);

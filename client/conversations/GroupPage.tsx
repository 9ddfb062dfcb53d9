import { useParams } from "@solidjs/router";
import { createMemo, Show } from "solid-js";

import { conversationPath } from "#client/paths.ts";
import { placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { createTitle } from "#client/ui/title.ts";
import type { ChannelId } from "#shared/ids.ts";

import { GroupName } from "./GroupName.tsx";
import { GroupPeople } from "./GroupPeople.tsx";
import { LeaveGroup } from "./LeaveGroup.tsx";

/** A group conversation from outside: what it is called, who is in it, and the way out. */
export function GroupPage() {
  const local = useLocal();
  const params = useParams<{ conversation: string }>();
  const group = () => local.conversations().find(({ id, kind }) => id === params.conversation && kind === "group");
  // Another one only when another is opened, so that what was typed stays while somebody comes or goes.
  const opened = createMemo(group, undefined, { equals: (one, other) => one?.id === other?.id });
  const name = () => {
    const found = group();
    return found === undefined ? "Nothing here" : placeName(local, found);
  };

  createTitle(name);

  return (
    <main class="sheet">
      <Bar
        back={conversationPath(params.conversation as ChannelId)}
        backLabel="Back to the conversation"
        title={name()}
      />
      <Show when={opened()} keyed fallback={<Nothing />}>
        {(found) => (
          <div class="scroll">
            <div class="column stack" style={{ "--gap": "var(--space-10)" }}>
              <GroupName group={found} />
              <GroupPeople group={group() ?? found} />
              <LeaveGroup group={found} />
            </div>
          </div>
        )}
      </Show>
    </main>
  );
}

const Nothing = () => (
  <EmptyState title="Nothing here for you" text="The address is wrong, or this is no group that you are in." />
);

import { useParams } from "@solidjs/router";
import { Show, type JSX } from "solid-js";

import { useLaterApi } from "#client/api/use-later-api.ts";
import { ADMIN, communityPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { plural } from "#client/ui/times.ts";
import { createTitle } from "#client/ui/title.ts";
import { PLATFORM, type CommunityId } from "#shared/ids.ts";

import { createQueue } from "./create-queue.ts";
import { Cases } from "./Cases.tsx";
import { Docket } from "./Docket.tsx";
import { Filters } from "./Filters.tsx";
import { QueueQuestions } from "./QueueQuestions.tsx";
import { createQueueKeys } from "./queue-keys.ts";

/** What moderators of a community are asked to look at. */
export function CommunityQueue(): JSX.Element {
  const params = useParams<{ community: CommunityId }>();
  const local = useLocal();
  const works = () => local.may("member.warn", params.community);

  return (
    <Show when={works() && params.community} keyed fallback={<NotYours back={communityPath(params.community)} />}>
      {(community) => <Queue community={community} back={communityPath(community)} />}
    </Show>
  );
}

/** The same for those who run the platform: what is reported of conversations. */
export function PlatformQueue(): JSX.Element {
  const local = useLocal();
  return (
    <Show when={local.actorIn(PLATFORM).platformAdmin} fallback={<NotYours back={ADMIN} />}>
      <Queue community={PLATFORM} back={ADMIN} />
    </Show>
  );
}

const NotYours = (props: { readonly back: string }): JSX.Element => (
  <main class="sheet">
    <Bar back={props.back} backLabel="Back" title="Queue" />
    <EmptyState
      title="There is nothing here for you"
      text="The address is wrong, or this is for those who keep order here."
    />
  </main>
);

function Queue(props: { readonly community: CommunityId; readonly back: string }): JSX.Element {
  const local = useLocal();
  // The desk is fixed for as long as this view lives.
  const { community } = props;
  const queue = createQueue(local, useLaterApi(), community);
  const onKey = createQueueKeys(queue);
  const open = () => queue.cases().filter((one) => one.open);
  const oldest = () => Math.min(...open().map(({ first }) => first));
  const topic = () =>
    open().length === 0 ? "nothing open" : `${plural(open().length, "case")} open, oldest from ${sayMoment(oldest())}`;

  createTitle(() => "Queue");

  return (
    <main class="sheet" onKeyDown={onKey}>
      <Bar back={props.back} backLabel="Back" title="Queue" topic={topic()} />
      <Filters queue={queue} community={community} />
      <Show
        when={queue.shown().length > 0}
        fallback={
          <EmptyState
            title={queue.filter().view === "open" ? "Nothing waits for you" : "Nothing here"}
            text="What members report lands here, whether they were online or not. You decide, and they are told."
          />
        }
      >
        <div class="queue" data-opened={queue.isOpened() ? "" : undefined}>
          <Cases queue={queue} />
          <Show when={queue.current()?.case} keyed>
            {(_key) => <Docket queue={queue} community={community} />}
          </Show>
        </div>
      </Show>
      <QueueQuestions queue={queue} community={community} />
    </main>
  );
}

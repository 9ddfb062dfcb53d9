import type { Accessor } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { createPeopleAround, peopleIn } from "#client/sync/create-people-around.ts";
import { useLocal } from "#client/sync/use-local.ts";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import type { MemberId } from "#shared/ids.ts";

/** People who may be mentioned in a page: the same as in its channel, and of one of a community its members. */
export function createPagePeople({ channel, community }: MirroredPage, editing: Accessor<readonly MemberId[]>) {
  const local = useLocal();
  const timeline = channel && local.openTimeline(() => channel);
  const place = channel && local.channel(channel);
  const isPrivate = place?.of === "channel" && place.private;
  return createPeopleAround(
    local,
    useApi(),
    () => [...editing(), ...(timeline === undefined ? [] : peopleIn(timeline))],
    isPrivate ? undefined : community,
  );
}

import type { Api } from "#client/api/create-api.ts";
import type { TalkPlace } from "#client/paths.ts";
import { createPeopleAround, peopleIn } from "#client/sync/create-people-around.ts";
import type { Local, Timeline } from "#client/sync/local.ts";

/**
 * People who may be mentioned in a place. Those who are here, who spoke, and who take part are known without a network;
 * of a community that everybody may read in, the server knows the others.
 */
export const createPeople = (local: Local, api: Api, place: TalkPlace, timeline: Timeline) =>
  createPeopleAround(
    local,
    api,
    () => (place.of === "conversation" ? place.participants : peopleIn(timeline)),
    place.of === "channel" && !place.private ? place.community : undefined,
  );

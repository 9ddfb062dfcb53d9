import type { ChannelId, EntryId } from "#shared/ids.ts";
import type { LocalOptions } from "#client/sync/create-local.ts";
import type { Local } from "#client/sync/local.ts";

import { cutOff, says, type Race } from "./race.ts";
import { until } from "./until.ts";

/** Alice has a room open, so that all that is said there reaches her device. */
export async function aliceSits(race: Race, room: ChannelId, options?: LocalOptions): Promise<Local> {
  const page = await race.comes(race.alice, room, options);
  const timeline = page.openTimeline(() => room);
  await until(() => timeline.state() === "ready", "the room");
  return page;
}

/** Something that the server has, something whose acknowledgement was lost, and something that never left. She is offline then. */
export async function threeSorts(
  race: Race,
  page: Local,
  room: ChannelId,
): Promise<readonly [EntryId, EntryId, EntryId]> {
  const { relay, alice } = race;
  const known = await says(page, room, "known");
  await race.ends(alice, room, [[known, "server"]]);
  await until(() => page.device().waiting === 0, "the echo");
  relay.muffle();
  const lost = await says(page, room, "answer lost");
  await until(() => relay.unheard() === 1, "the server to have answered");
  await cutOff(alice, page);
  return [known, lost, await says(page, room, "never left")];
}

export const allOnServer = (race: Race, room: ChannelId, ids: readonly EntryId[]): Promise<void> =>
  race.ends(
    race.alice,
    room,
    ids.map((id) => [id, "server"]),
  );

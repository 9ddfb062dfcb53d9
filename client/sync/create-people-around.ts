import { createMemo, createSignal, onCleanup, type Accessor } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import { SYS } from "#shared/documents/names.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";

import type { Local, Profile, Timeline } from "./local.ts";

/** After this without a key the server is asked too. */
const PAUSE = 200;

/** Those who are in a channel now, and who spoke there, the last one first. */
export const peopleIn = (timeline: Timeline): readonly MemberId[] => [
  ...timeline.presence().some,
  ...timeline
    .rows()
    .flatMap(({ author }) => (author === SYS ? [] : [author]))
    .toReversed(),
];

/**
 * People who may be mentioned: those who are known here, and of a community, where all of its members may be, whoever
 * else the server knows.
 */
export function createPeopleAround(
  local: Local,
  api: Pick<Api, "members">,
  known: Accessor<readonly MemberId[]>,
  community: CommunityId | undefined,
) {
  const [fetched, setFetched] = createSignal<readonly Profile[]>([]);
  let running = new AbortController();
  let wait: ReturnType<typeof setTimeout> | undefined;

  onCleanup(stop);

  const people = createMemo(() => {
    const named = [...new Set(known())].map((id) => ({ id, name: local.profile(id).name }));
    const all = new Map([...named, ...fetched()].map((person) => [person.id, person]));
    all.delete(local.me().id);
    return [...all.values()];
  });

  function stop(): void {
    clearTimeout(wait);
    running.abort();
  }

  /** Asks for members whose name holds what was typed. In a private channel only those who are known can read. */
  function look(query: string): void {
    stop();
    if (community === undefined || query === "" || local.connection().state !== "online") return;
    const mine = (running = new AbortController());
    wait = setTimeout(() => void fetch(community, query, mine.signal), PAUSE);
  }

  async function fetch(id: CommunityId, q: string, signal: AbortSignal): Promise<void> {
    const answer = await api.members({ id, q }, signal);
    if (!answer.ok || signal.aborted) return;
    setFetched((before) => [...before, ...answer.value.members.map(({ id, name }) => ({ id, name }))]);
  }

  return { people, look };
}

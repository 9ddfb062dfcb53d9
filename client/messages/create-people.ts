import { createMemo, createSignal, onCleanup } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import type { TalkPlace } from "#client/paths.ts";
import type { Local, Timeline } from "#client/sync/local.ts";
import { SYS } from "#shared/documents/names.ts";

import type { Person } from "./mentions.ts";

/** After this without a key the server is asked too. */
const PAUSE = 200;

/**
 * People who may be mentioned in a place. Those who are here, who spoke, and who take part are known without a network;
 * of a community that everybody may read in, the server knows the others.
 */
export function createPeople(local: Local, api: Api, place: TalkPlace, timeline: Timeline) {
  const [fetched, setFetched] = createSignal<readonly Person[]>([]);
  let running = new AbortController();
  let wait: ReturnType<typeof setTimeout> | undefined;

  onCleanup(stop);

  const people = createMemo(() => {
    const around = place.of === "conversation" ? place.participants : timeline.presence().some;
    const authors = timeline.rows().flatMap(({ author }) => (author === SYS ? [] : [author]));
    const known = [...new Set([...around, ...authors.toReversed()])].map((id) => ({
      id,
      name: local.profile(id).name,
    }));
    const all = new Map([...known, ...fetched()].map((person) => [person.id, person]));
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
    if (place.of !== "channel" || place.private || query === "" || local.connection().state !== "online") return;
    const mine = (running = new AbortController());
    wait = setTimeout(() => void fetch(place.community, query, mine.signal), PAUSE);
  }

  async function fetch(id: Parameters<Api["members"]>[0]["id"], q: string, signal: AbortSignal): Promise<void> {
    const answer = await api.members({ id, q }, signal);
    if (!answer.ok || signal.aborted) return;
    setFetched((before) => [...before, ...answer.value.members.map(({ id, name }) => ({ id, name }))]);
  }

  return { people, look };
}

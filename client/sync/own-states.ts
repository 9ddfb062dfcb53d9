import type { Clock } from "#shared/clock.ts";
import type { ChannelId } from "#shared/ids.ts";

import { createListeners } from "./listeners.ts";

/** A state as this device keeps it; `dirty` while it is not yet said in one's home. */
interface OwnState {
  readonly channel: ChannelId;
  readonly at: number;
  readonly dirty: boolean;
}

/** The states of one kind that a person has for channels: the later of what was set here and what other devices said. */
export interface OwnStates<State extends OwnState> {
  readonly get: (channel: ChannelId) => State | undefined;
  /** Holds at once, resolves when it is kept on this device, and is said in one's home after a while. */
  readonly set: (state: Omit<State, "at" | "dirty">) => Promise<void>;
  /** Another tab changed these. */
  readonly reload: (channels: readonly ChannelId[]) => Promise<void>;
  /** `stored`: this tab did it, and others can read it now. */
  readonly onChange: (listener: (channel: ChannelId, stored: boolean) => void) => () => void;
  readonly close: () => void;
}

interface StateTable<State> {
  readonly toArray: () => PromiseLike<State[]>;
  readonly bulkGet: (channels: ChannelId[]) => PromiseLike<(State | undefined)[]>;
  readonly put: (state: State) => PromiseLike<unknown>;
}

export interface OwnStateDependencies<State extends OwnState> {
  readonly table: StateTable<State>;
  readonly clock: Clock;
  /** What is said in one's home, by whichever device. */
  readonly said: (channel: ChannelId) => State | undefined;
  readonly say: (state: State) => Promise<void>;
  readonly failed: (problem: unknown) => void;
}

/** A state is said at most so often, in ms. */
const EVERY = 5_000;

export async function openOwnStates<State extends OwnState>({
  table,
  clock,
  said,
  say,
  failed,
}: OwnStateDependencies<State>): Promise<OwnStates<State>> {
  const kept = new Map((await table.toArray()).map((state) => [state.channel, state]));
  const timers = new Map<ChannelId, ReturnType<typeof setTimeout>>();
  const changes = createListeners<[ChannelId, boolean]>();

  /** Seen at once here, and by other tabs once it is on the disk. */
  async function put(state: State): Promise<void> {
    kept.set(state.channel, state);
    changes.tell(state.channel, false);
    await table.put(state);
    changes.tell(state.channel, true);
  }

  function sayLater({ channel, dirty }: State): void {
    if (dirty && !timers.has(channel))
      timers.set(
        channel,
        setTimeout(() => void sayNow(channel).catch(failed), EVERY),
      );
  }

  async function sayNow(channel: ChannelId): Promise<void> {
    clearTimeout(timers.get(channel));
    timers.delete(channel);
    const state = kept.get(channel);
    if (state?.dirty !== true) return;
    await say(state);
    if (kept.get(channel) === state) await put({ ...state, dirty: false });
  }

  /** A page that is put away may never come back. */
  const sayAll = (): void => [...timers.keys()].forEach((channel) => void sayNow(channel).catch(failed));
  const stopListening = onHidden(sayAll);
  kept.forEach(sayLater);

  return {
    get(channel) {
      const [here, elsewhere] = [kept.get(channel), said(channel)];
      return (elsewhere?.at ?? 0) > (here?.at ?? 0) ? elsewhere : here;
    },
    async set(given) {
      const state = { ...given, at: clock.stamp(), dirty: true } as State;
      sayLater(state);
      await put(state);
    },
    async reload(channels) {
      const found = await table.bulkGet([...channels]);
      found.forEach((state) => state !== undefined && kept.set(state.channel, state));
      channels.forEach((channel) => changes.tell(channel, false));
    },
    onChange: changes.add,
    close() {
      stopListening();
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
}

function onHidden(work: () => void): () => void {
  if (typeof document === "undefined") return () => undefined;
  const look = (): void => (document.visibilityState === "hidden" ? work() : undefined);
  document.addEventListener("visibilitychange", look);
  return () => document.removeEventListener("visibilitychange", look);
}

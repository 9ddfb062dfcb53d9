import type { MemberId } from "#shared/ids.ts";
import type { Me } from "#shared/protocol/http/account.ts";
import type { Api } from "#client/api/create-api.ts";

import type { Attachments } from "./attachments.ts";
import type { CreateSocket } from "./line.ts";
import type { Connection } from "./local.ts";

/** The way to the server of the tab that owns the socket. */
export interface Uplink {
  readonly state: () => Connection;
  /** The home is up to date: from here on a person is online. */
  readonly arrived: () => void;
  /** Tries at once, for instance because somebody has signed in again. */
  readonly reconnect: () => void;
  readonly close: () => void;
}

export interface UplinkDependencies {
  readonly me: MemberId;
  readonly api: Pick<Api, "me">;
  readonly createSocket: CreateSocket;
  readonly attachments: Attachments;
  /** Makes what is here and the server, as it now says it is, agree. False: not now. */
  readonly agreeOn: (me: Me) => Promise<boolean>;
  readonly changed: (state: Connection) => void;
  readonly failed: (problem: unknown) => void;
}

/** Before the server is asked again, where it answered but not as it should, in ms. */
const PAUSE = 5_000;
/** After this it is told that there is no connection yet; trying goes on, in ms. */
const HOPE = 10_000;

export function createUplink({
  me,
  api,
  createSocket,
  attachments,
  agreeOn,
  changed,
  failed,
}: UplinkDependencies): Uplink {
  let state: Connection = { state: "connecting" };
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hoping: ReturnType<typeof setTimeout> | undefined;
  const socket = createSocket({ opened: () => void prove(true).catch(giveUp), closed: () => lose() });

  /** A network that swallows everything lets a socket try for minutes. */
  function hope(): void {
    clearTimeout(hoping);
    if (state.state === "connecting") hoping = setTimeout(() => become({ state: "offline", since: Date.now() }), HOPE);
  }

  function become(next: Connection): void {
    if (next.state === state.state) return;
    state = next;
    hope();
    changed(next);
  }

  function connect(): void {
    clearTimeout(timer);
    socket.connect();
  }

  function disconnect(): void {
    attempt += 1;
    clearTimeout(timer);
    attachments.stop();
    socket.disconnect();
  }

  const retryLater = (): void => {
    disconnect();
    become({ state: "offline", since: Date.now() });
    timer = setTimeout(connect, PAUSE);
  };

  function giveUp(problem: unknown): void {
    failed(problem);
    retryLater();
  }

  /** The socket tries again by itself. A session that ended looks like a dead network, so the server is asked. */
  function lose(): void {
    attempt += 1;
    attachments.stop();
    if (state.state === "signed-out") return;
    become({ state: "offline", since: Date.now() });
    void prove(false).catch(giveUp);
  }

  /** Before any replica meets the server: is this still us, and still the history that the replicas belong to? */
  async function prove(isOpen: boolean): Promise<void> {
    attempt += 1;
    const own = attempt;
    if (isOpen) become({ state: "connecting" });
    const answer = await api.me();
    if (own !== attempt) return;
    if (isOver(answer)) return end();
    if (!isOpen) return;

    const isAgreed = answer.ok && (await agreeOn(answer.value));
    if (own !== attempt) return;
    if (isAgreed) attachments.start(socket);
    else retryLater();
  }

  const isOver = (answer: Awaited<ReturnType<Api["me"]>>): boolean =>
    answer.ok ? answer.value.id !== me : answer.problem.kind === "signed-out";

  /** Everything on this device stays as it is until somebody signs in. */
  function end(): void {
    disconnect();
    become({ state: "signed-out" });
  }

  function reconnect(): void {
    disconnect();
    become({ state: "connecting" });
    connect();
  }

  const wake = (): void => {
    if (state.state === "offline" || state.state === "signed-out") reconnect();
  };
  const stopListening = listenToDevice(wake, retryLater);
  hope();
  connect();

  return {
    state: () => state,
    arrived: () => become({ state: "online" }),
    reconnect,
    close() {
      stopListening();
      clearTimeout(hoping);
      disconnect();
    },
  };
}

/** The browser knows first when the network comes and goes, and timers of a hidden page are slow. */
function listenToDevice(wake: () => void, sleep: () => void): () => void {
  if (typeof window === "undefined") return () => undefined;
  const look = (): void => (document.visibilityState === "visible" ? wake() : undefined);
  window.addEventListener("online", wake);
  window.addEventListener("offline", sleep);
  document.addEventListener("visibilitychange", look);

  return () => {
    window.removeEventListener("online", wake);
    window.removeEventListener("offline", sleep);
    document.removeEventListener("visibilitychange", look);
  };
}

/** What a tab is told about its part. Each call ends the one before. */
export interface TabParts {
  /** It holds the socket and the stores. */
  readonly own: () => void;
  /** Another tab does. */
  readonly follow: () => void;
  /** Wants a sign of life from the owner. */
  readonly ask: () => void;
}

export interface TabRole {
  /** The owner has shown that it is there. */
  readonly heardOwner: () => void;
  readonly close: () => void;
}

/** How long a visible tab waits for the owner before it takes its place, in ms. */
const PATIENCE = 2_000;

/**
 * One tab of an account owns the socket and the stores, for as long as it holds a lock. When it closes, the next one
 * gets the lock; when it is frozen, a visible one takes it.
 */
export function takePart(name: string, { own, follow, ask }: TabParts): TabRole {
  const { locks } = navigator;
  let release: (() => void) | undefined;
  let queue = new AbortController();
  let isOver = false;
  let lastHeard = Date.now();

  function hold(lock: Lock | null): Promise<void> | undefined {
    if (lock === null || isOver) return undefined;
    own();
    return new Promise((resolve) => (release = resolve));
  }

  /** Waits for the lock, and goes to the end of the line when robbed of it. */
  async function wait(options: LockOptions, missed: () => void = () => undefined): Promise<void> {
    try {
      await locks.request(name, options, (lock) => hold(lock) ?? missed());
    } catch {
      if (release === undefined || isOver) return;
      release = undefined;
      begin();
    }
  }

  function begin(): void {
    lastHeard = Date.now();
    queue = new AbortController();
    follow();
    void wait({ signal: queue.signal });
  }

  function rob(): void {
    queue.abort();
    void wait({ steal: true });
  }

  function look(): void {
    if (isOver || release !== undefined || !isVisible()) lastHeard = Date.now();
    else if (Date.now() - lastHeard > PATIENCE) rob();
    else ask();
  }

  const timer = setInterval(look, PAUSE);
  void wait({ ifAvailable: true }, begin);

  return {
    heardOwner: () => void (lastHeard = Date.now()),
    close() {
      isOver = true;
      clearInterval(timer);
      queue.abort();
      release?.();
    },
  };
}

const PAUSE = 700;

const isVisible = (): boolean => typeof document === "undefined" || document.visibilityState === "visible";

/** Holds a lock for as long as this tab lives. Resolves when it is held, with how to let go. */
export const showLife = (name: string): Promise<() => void> =>
  new Promise((held) => {
    void navigator.locks.request(name, () => new Promise<void>((end) => held(end)));
  });

/** Calls when the tab that holds a lock is no more. */
export function onDeath(name: string, gone: () => void): () => void {
  const watch = new AbortController();
  void navigator.locks.request(name, { signal: watch.signal }, gone).catch(() => undefined);
  return () => watch.abort();
}

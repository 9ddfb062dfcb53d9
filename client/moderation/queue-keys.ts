import type { Queue } from "./create-queue.ts";

/** The keys of the queue, as its help tells them. */
export const queueKeys: readonly (readonly [string, string])[] = [
  ["J K", "next case, the one before"],
  ["X", "mark it, to decide about several at once"],
  ["C", "claim it, or let it go"],
  ["H", "hide the message"],
  ["D", "dismiss"],
  ["W", "warn the author"],
  ["N", "write a note"],
  ["U", "undo the last decision"],
];

/** Letters work where nobody is writing. */
export function createQueueKeys(queue: Queue): (event: KeyboardEvent) => void {
  const acts: Readonly<Record<string, () => unknown>> = {
    j: () => queue.step(1),
    k: () => queue.step(-1),
    x: () => queue.current() && queue.mark(queue.current() as NonNullable<ReturnType<Queue["current"]>>),
    c: queue.claim,
    h: () => queue.meant().every(queue.canHide) && queue.ask("hide"),
    d: queue.dismiss,
    w: () => queue.marked().length === 0 && queue.ask("warn"),
    n: () => document.querySelector<HTMLElement>("#case-note")?.focus(),
    u: queue.undo,
  };

  return (event) => {
    const isWriting =
      event.target instanceof Element && event.target.closest("input, textarea, select, dialog") !== null;
    const act = acts[event.key.toLowerCase()];
    if (isWriting || act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    void act();
  };
}

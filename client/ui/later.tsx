import { createSignal, Show, Suspense, untrack, type Component, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";

import { say } from "./toasts.ts";

/**
 * A part whose code comes when it is first shown. What is around it stays as it is meanwhile: it waits by itself, and
 * never makes the view that it opens from wait. Code that is not on this device is not asked for without a network, but
 * the next time; unless something else stands there meanwhile, that is told.
 */
export function later<Props extends object>(
  load: () => Promise<Component<Props>>,
  Meanwhile?: Component<Props>,
): Component<Props> {
  const [part, setPart] = createSignal<Component<Props>>();
  let coming: Promise<void> | undefined;

  async function fetch(): Promise<void> {
    try {
      const Part = await load();
      setPart(() => Part);
    } catch (problem) {
      reportError(problem);
      if (Meanwhile === undefined) say("This part of the app did not come. Load the page again; nothing is lost.");
    }
  }

  function begin(): void {
    if (isWithinReach()) coming ??= fetch();
    else if (Meanwhile === undefined)
      say("This part of the app is not on this device yet. Try again when you are online.");
  }

  return (props): JSX.Element => {
    if (untrack(part) === undefined) begin();

    return (
      <Suspense>
        <Show when={part()} fallback={Meanwhile && <Meanwhile {...props} />}>
          {(Part) => <Dynamic component={Part()} {...props} />}
        </Show>
      </Suspense>
    );
  };
}

/** Browsers remember for as long as a page lives that a module could not be had: it is better not to ask in vain. */
const isWithinReach = (): boolean => navigator.onLine || Boolean(navigator.serviceWorker?.controller);

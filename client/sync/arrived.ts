import { createEffect, createRoot, type Accessor } from "solid-js";

const PATIENCE = 5_000;

/**
 * Resolves when what the server has just done is on this device too. After a while it resolves anyhow: the next page
 * then says what there is.
 */
export const arrived = (isHere: Accessor<boolean>): Promise<void> =>
  new Promise((resolve) => {
    createRoot((dispose) => {
      const done = () => {
        clearTimeout(wait);
        resolve();
        queueMicrotask(dispose);
      };
      const wait = setTimeout(done, PATIENCE);
      createEffect(() => isHere() && done());
    });
  });

import { For, Show, type JSX } from "solid-js";

import { Button } from "./Button.tsx";
import { dismissToast, toasts } from "./toasts.ts";

/** Where things are said in passing. One on the page. */
export const Toasts = (): JSX.Element => (
  <div class="toasts" role="status">
    <For each={toasts()}>
      {(toast) => (
        <div class="toast">
          <span class="grow">{toast.text}</span>
          <Show when={toast.act}>
            {(act) => (
              <Button
                kind="plain"
                onClick={() => {
                  act().do();
                  dismissToast(toast);
                }}
              >
                {act().label}
              </Button>
            )}
          </Show>
        </div>
      )}
    </For>
  </div>
);

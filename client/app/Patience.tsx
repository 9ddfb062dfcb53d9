import { createEffect, createSignal, onCleanup, Show, type JSX } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";

const ENOUGH = 1_500;

/** What is missing is told only once the server has had the time to bring it: right after a sign-in nothing is here yet. */
export function Patience(props: { readonly children: JSX.Element }): JSX.Element {
  const local = useLocal();
  const [over, setOver] = createSignal(false);

  createEffect(() => {
    const { state } = local.connection();
    if (state === "connecting") return;
    const timer = setTimeout(() => setOver(true), state === "online" ? ENOUGH : 0);
    onCleanup(() => clearTimeout(timer));
  });

  return (
    <Show when={over()} fallback={<main class="sheet" aria-busy="true" />}>
      {props.children}
    </Show>
  );
}

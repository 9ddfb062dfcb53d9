import { Navigate } from "@solidjs/router";
import { Show, type JSX } from "solid-js";

import { useSession } from "#client/sync/use-session.ts";

/** For those who are outside, also because their session has ended. Whoever is in goes on to where they wanted to go. */
export function Outside(props: { readonly to: string; readonly children: JSX.Element }) {
  const session = useSession();
  const isIn = () => {
    const local = session.local();
    return local !== undefined && local.connection().state !== "signed-out";
  };

  return (
    <Show when={!isIn()} fallback={<Navigate href={props.to} />}>
      {props.children}
    </Show>
  );
}

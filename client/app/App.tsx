import { Navigate, Router, useLocation, type RouteSectionProps } from "@solidjs/router";
import { Show, type JSX } from "solid-js";

import { LocalContext } from "#client/sync/use-local.ts";
import { useSession } from "#client/sync/use-session.ts";
import { Toasts } from "#client/ui/Toasts.tsx";
import { keepTitle } from "#client/ui/title.ts";

import { Frame } from "./Frame.tsx";
import { openRoutes, placeRoutes } from "./routes.tsx";
import { titleMark } from "./unread.ts";

/** All there is to see. */
export function App(): JSX.Element {
  const session = useSession();

  // Kept here and not in the frame: whoever signs out leaves no channel's name in the tab.
  keepTitle(() => {
    const local = session.local();
    return local === undefined ? "" : titleMark(local);
  });

  return (
    <>
      <Router>{[...openRoutes, { path: "/", component: SignedIn, children: placeRoutes }]}</Router>
      <Toasts />
    </>
  );
}

/** Whoever is not signed in is asked to, and comes back to where they wanted to go. */
function SignedIn(props: RouteSectionProps): JSX.Element {
  const session = useSession();
  const location = useLocation();
  const wanted = () => location.pathname + location.search;

  return (
    <Show
      when={session.local()}
      keyed
      fallback={<Navigate href={wanted() === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(wanted())}`} />}
    >
      {(local) => (
        <LocalContext.Provider value={local}>
          <Frame {...props} />
        </LocalContext.Provider>
      )}
    </Show>
  );
}

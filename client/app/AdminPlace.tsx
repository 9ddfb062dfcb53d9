import { useLocation } from "@solidjs/router";
import CloudOff from "lucide-solid/icons/cloud-off";
import { createMemo, createResource, Match, Show, Switch } from "solid-js";
import { Dynamic } from "solid-js/web";

import { AdminList } from "#client/admin/AdminList.tsx";
import { useApi } from "#client/api/use-api.ts";
import { ADMIN } from "#client/paths.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";

import { adminPages } from "./admin-pages.ts";
import { Nothing } from "./Nothing.tsx";

/** Running the place: the list of what can be looked at, and what is open. For everybody else there is no such place. */
export function AdminPlace() {
  const api = useApi();
  const location = useLocation();
  const where = () => location.pathname.slice(ADMIN.length + 1).split("/");
  const page = createMemo(() => adminPages.find(({ name }) => name === (where()[0] || adminPages[0]?.name)));
  const [me, { refetch }] = createResource(() => api.me());
  const answer = () => me.latest;
  const isAdmin = () => {
    const known = answer();
    return known?.ok === true && known.value.platformAdmin;
  };
  const isAway = () => {
    const known = answer();
    return known?.ok === false && known.problem.kind === "offline";
  };

  return (
    <Switch>
      <Match when={isAdmin() || (isAway() && page()?.offline)}>
        <AdminList pages={adminPages} />
        <Show when={page()} keyed fallback={<Nothing />}>
          {(found) => <Dynamic component={found.page} open={where()[1]} />}
        </Show>
      </Match>
      <Match when={isAway()}>
        <main class="sheet place-middle">
          <EmptyState
            alone
            icon={CloudOff}
            title="You are offline."
            text="Running this place needs the server: who may do what is decided there. What you write elsewhere is kept as ever."
          >
            <Button kind="first" onClick={() => void refetch()}>
              Try again
            </Button>
          </EmptyState>
        </main>
      </Match>
      <Match when={answer() !== undefined}>
        <Nothing />
      </Match>
    </Switch>
  );
}

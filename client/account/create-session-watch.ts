import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import type { Connection } from "#client/sync/local.ts";

/** How long a connection may be away before the session is doubted. */
const DOUBT = 2_000;

/** Whether the server has ended this session. Asked when the connection does not come, since a refused one looks like that. */
export function createSessionWatch(api: Api, connection: Accessor<Connection>) {
  const [ended, setEnded] = createSignal(false);

  async function ask(): Promise<void> {
    const answer = await api.me();
    setEnded(!answer.ok && answer.problem.kind === "signed-out");
  }

  createEffect(() => {
    if (connection().state === "online") return void setEnded(false);
    const doubt = setTimeout(() => void ask(), DOUBT);
    onCleanup(() => clearTimeout(doubt));
  });

  return { ended, renewed: () => setEnded(false) };
}

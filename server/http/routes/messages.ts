import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { postMessage } from "#server/messages/post-message.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** What is said over HTTP. */
export function messageRoutes(router: Router, { db, submit }: WebDependencies): void {
  router.on(
    "sendMessage",
    endpoints.sendMessage,
    { tag: "Messages", summary: "Say something in a channel or conversation" },
    ({ me, input: { id, entry, ...post } }) => postMessage({ db, submit }, me.person.id, id, { ...post, id: entry }),
  );
}

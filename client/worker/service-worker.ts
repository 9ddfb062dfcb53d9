import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

import { TAKE_OVER_ALONE } from "#shared/protocol/worker.ts";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Never from the cache: what the server says, and its own pages. */
const SERVERS_OWN = [/^\/api\//, /^\/collab/, /^\/docs/, /^\/healthz/, /^\/readyz/];

// The shell of one release is cached as a whole before that release is used, so that no page mixes two of them.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Every place of the app is the one page; which place it shows is decided from what the device holds.
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: SERVERS_OWN }));

// A newer release waits while tabs of the older one live: their pages still need its files. A page that is just being
// opened, and is the only one, asks to go on in the newer release; else a reload would never leave the older one.
self.addEventListener("message", (event) => {
  if (event.data === TAKE_OVER_ALONE) event.waitUntil(takeOverAlone());
});

async function takeOverAlone(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length === 1) await self.skipWaiting();
}

// The first page is under our care without a second visit.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** Never from the cache: what the server says, and its own pages. */
const SERVERS_OWN = [/^\/api\//, /^\/collab/, /^\/docs/, /^\/healthz/, /^\/readyz/];

// The shell of one release is cached as a whole before that release is used, so that no page mixes two of them.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Every place of the app is the one page; which place it shows is decided from what the device holds.
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: SERVERS_OWN }));

// The first page is under our care without a second visit. A newer release waits until the tabs of the older one are closed.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** Puts the page under the care of the service worker, which opens it without a network. After the first paint: it is in nobody's way. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/service-worker.js").catch((cause: unknown) => {
    console.warn("Without its service worker this page opens only with a network.", cause);
  });
}

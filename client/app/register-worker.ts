import { TAKE_OVER_ALONE } from "#shared/protocol/worker.ts";

/** Puts the page under the care of the service worker, which opens it without a network. After the first paint: it is in nobody's way. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Without it this page opens only with a network, and is otherwise whole.
  register().catch(reportError);
}

async function register(): Promise<void> {
  const { waiting } = await navigator.serviceWorker.register("/service-worker.js");
  if (waiting === null) return;

  // A newer release is here. Nothing has been written on this page yet, so it may begin again in it.
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage(TAKE_OVER_ALONE, []);
}

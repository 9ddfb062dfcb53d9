import { createHash, timingSafeEqual } from "node:crypto";

import type { App, WebDependencies } from "./dependencies.ts";

/** For Prometheus. Without a token there are none, and with a wrong one there are none either. */
export function exposeMetrics(app: App, { metrics }: Pick<WebDependencies, "metrics">): void {
  if (metrics === undefined) return;
  const expected = hash(`Bearer ${metrics.token}`);
  app.get("/metrics", { schema: { hide: true } }, async ({ headers }, reply) => {
    if (!timingSafeEqual(hash(headers.authorization ?? ""), expected)) return reply.callNotFound();
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(await metrics.expose());
  });
}

/** Of one length, whatever is shown. */
const hash = (text: string): Buffer => createHash("sha256").update(text).digest();

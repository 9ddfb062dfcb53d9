import { sql } from "kysely";

import type { App, WebDependencies } from "./dependencies.ts";

/** For whatever watches over the process: it runs, and it can work. */
export function reportHealth(app: App, { db }: WebDependencies): void {
  app.get("/healthz", { schema: { hide: true } }, () => ({ ok: true }));
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) => {
    try {
      await sql`select 1`.execute(db);
      return { ok: true };
    } catch {
      return reply.code(503).send({ ok: false });
    }
  });
}

import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";

import type { App, WebDependencies } from "./dependencies.ts";
import { addressKey } from "./limits.ts";
import { isSameSite } from "./origin.ts";
import { sendProblem } from "./problem.ts";

const REQUESTS_PER_MINUTE = 1_200;

/** The client is files of its own and speaks to this server alone. Components set styles on elements, never in sheets. */
const client = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "style-src-attr": ["'unsafe-inline'"],
  // Pages may show pictures of other sites, by link.
  "img-src": ["'self'", "data:", "blob:", "https:"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "manifest-src": ["'self'"],
  "worker-src": ["'self'"],
  "base-uri": ["'self'"],
  "form-action": ["'self'"],
  "frame-ancestors": ["'none'"],
};

/** The documentation page brings its script's start and its styles along. */
const documentation = {
  ...client,
  "script-src": ["'self'", "'unsafe-inline'"],
  "style-src": ["'self'", "'unsafe-inline'"],
};

const policy = (directives: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");

const policies = { client: policy(client), documentation: policy(documentation) };

/** What holds for every request, whatever it asks for. */
export async function protect(app: App, { publicUrl }: WebDependencies): Promise<void> {
  const secure = publicUrl?.startsWith("https:") === true;
  await app.register(helmet, {
    contentSecurityPolicy: false,
    referrerPolicy: { policy: "same-origin" },
    hsts: secure,
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  });
  await app.register(rateLimit, {
    global: false,
    max: REQUESTS_PER_MINUTE,
    timeWindow: "1 minute",
    keyGenerator: ({ ip }) => addressKey(ip),
    allowList: ({ url }) => !url.startsWith("/api/"),
  });

  // Before a route asks who it is: whoever is nobody costs a look into the database too.
  app.addHook("onRequest", app.rateLimit());
  app.addHook("onRequest", async (request, reply) => {
    reply.header("content-security-policy", request.url.startsWith("/docs") ? policies.documentation : policies.client);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (!reads && !isSameSite(request.raw, publicUrl)) return sendProblem(reply, { kind: "foreign-origin" });
  });
}

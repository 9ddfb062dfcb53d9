import Fastify, { LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";

import type { App, WebDependencies } from "./dependencies.ts";
import { reportHealth } from "./health.ts";
import { exposeMetrics } from "./metrics.ts";
import { createLimits } from "./limits.ts";
import { describeApi } from "./openapi.ts";
import { servePages } from "./pages.ts";
import { failureOf, sendProblem } from "./problem.ts";
import { protect } from "./protection.ts";
import { createRouter } from "./route.ts";
import { accountRoutes } from "./routes/account.ts";
import { adminCommunityRoutes } from "./routes/admin-communities.ts";
import { auditRoutes } from "./routes/audit.ts";
import { adminInstallationRoutes } from "./routes/admin-installation.ts";
import { adminPeopleRoutes } from "./routes/admin-people.ts";
import { channelRoutes } from "./routes/channels.ts";
import { communityRoutes } from "./routes/communities.ts";
import { conversationRoutes } from "./routes/conversations.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { messageRoutes } from "./routes/messages.ts";
import { moderationRoutes } from "./routes/moderation.ts";
import { pageRoutes } from "./routes/pages.ts";
import { peopleRoutes } from "./routes/people.ts";
import { reportRoutes } from "./routes/reports.ts";
import { searchRoutes } from "./routes/search.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { tokenRoutes } from "./routes/tokens.ts";

const MAX_BODY = 64 * 1024;

/** The whole of HTTP, without a port. */
export async function createApp(deps: WebDependencies): Promise<App> {
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY,
    // The address next to us is hop 0: as many are believed as the operator says stand in front.
    trustProxy: (_address, hop) => hop < (deps.trustProxy ?? 0),
    forceCloseConnections: true,
    requestTimeout: 30_000,
    return503OnClosing: true,
  }).withTypeProvider<ZodTypeProvider>();
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => {
    const failure = failureOf(error);
    if (failure.kind === "internal" || failure.kind === "overload")
      request.log.error({ error, route: request.routeOptions.url }, "request failed");
    return sendProblem(reply, failure);
  });

  await protect(app, deps);
  await describeApi(app);
  reportHealth(app, deps);
  exposeMetrics(app, deps);
  const router = createRouter(app, deps);
  const limits = createLimits();
  signInRoutes(router, deps, limits);
  accountRoutes(router, deps, limits);
  tokenRoutes(router, deps);
  peopleRoutes(router, deps);
  communityRoutes(router, deps);
  invitationRoutes(router, deps, limits);
  channelRoutes(router, deps);
  conversationRoutes(router, deps);
  messageRoutes(router, deps);
  pageRoutes(router, deps);
  moderationRoutes(router, deps);
  searchRoutes(router, deps);
  adminPeopleRoutes(router, deps);
  adminCommunityRoutes(router, deps);
  adminInstallationRoutes(router, deps);
  auditRoutes(router, deps);
  reportRoutes(router, deps);
  await servePages(app, deps.clientFolder);
  return app;
}

import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Kysely } from "kysely";

import type { Health } from "#shared/protocol/http/admin/installation.ts";
import type { Sessions } from "#server/auth/sessions.ts";
import type { TrailWatch } from "#server/audit/watch.ts";
import type { Authority } from "#server/communities/authority.ts";
import type { Database } from "#server/database/types.ts";
import type { Metrics } from "#server/observability/metrics.ts";
import type { Outcome, Task } from "#server/documents/task.ts";

/** What is told of jobs, and done about them. */
export interface JobsView {
  state(): Promise<Omit<Health["jobs"], "trouble">>;
  /** Whether such a job has failed for good. */
  hasFailed(id: string): Promise<boolean>;
  /** False where no such job has failed. */
  retry(id: string): Promise<boolean>;
}

/** All that the web part of the server is made of. */
export interface WebDependencies {
  readonly db: Kysely<Database>;
  readonly sessions: Sessions;
  readonly authority: Authority;
  /** The way into documents. */
  readonly submit: (task: Task) => Promise<Outcome>;
  /** The queue of jobs. */
  readonly jobs: JobsView;
  /** Whether the audit trail is whole. */
  readonly trail: Pick<TrailWatch, "trouble">;
  /** Names the history of the database that replicas belong to. */
  readonly incarnation: () => Promise<string>;
  /** Where people's browsers reach this server; without it, wherever they do. */
  readonly publicUrl?: string | undefined;
  /** What is told of this process, and to whom. Without it, nothing to nobody. */
  readonly metrics?: Pick<Metrics, "expose" | "token"> | undefined;
  /** How many proxies stand in front. */
  readonly trustProxy?: number | undefined;
  /** The built client. Without it there is only the API. */
  readonly clientFolder?: string | undefined;
  readonly log: FastifyBaseLogger;
}

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

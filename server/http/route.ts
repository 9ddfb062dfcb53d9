import { createHash } from "node:crypto";
import type { Readable } from "node:stream";

import type { FastifyReply, FastifyRequest } from "fastify";
import * as z from "zod";

import { API_ROOT } from "#shared/protocol/http/endpoints.ts";
import type { AnswerOf, Endpoint, InputOf } from "#shared/protocol/http/endpoint.ts";
import { can } from "#shared/permissions/can.ts";
import type { Failure } from "#shared/protocol/problems.ts";
import type { Result } from "#shared/result.ts";
import type { Session } from "#server/auth/sessions.ts";

import type { App, WebDependencies } from "./dependencies.ts";
import { addressKey } from "./limits.ts";
import { sendProblem } from "./problem.ts";

/** What the documentation says about an endpoint, and how its answer may be kept. */
export interface Description {
  readonly tag:
    | "Account"
    | "People"
    | "Communities"
    | "Invitations"
    | "Messages"
    | "Channels"
    | "Conversations"
    | "Pages"
    | "Moderation"
    | "Search"
    | "Reports"
    | "Administration";
  readonly summary: string;
  /** May be kept by the browser, which asks with its ETag whether it still holds. */
  readonly kept?: true;
  /** The answer as comma-separated values, for whoever asks for those. */
  readonly csv?: (answer: unknown) => string;
}

/** One request, parsed. */
export interface Call<Shape extends Endpoint> {
  readonly input: InputOf<Shape>;
  readonly me: Shape extends { readonly open: true } ? Session | undefined : Session;
  /** What limits count by. */
  readonly address: string;
  readonly userAgent: string | undefined;
  readonly cookies: string | undefined;
  /** Where the people's browsers reach this server. */
  readonly origin: string;
  readonly setCookie: (cookie: string) => void;
}

/** A file that is made while it is sent. */
export interface FileAnswer {
  readonly type: string;
  readonly name: string;
  readonly content: Readable;
}

type HandlerAnswer<Shape extends Endpoint> = Shape extends { readonly file: readonly string[] }
  ? FileAnswer
  : AnswerOf<Shape>;
type Handler<Shape extends Endpoint> = (call: Call<Shape>) => Promise<Result<HandlerAnswer<Shape>, Failure>>;

export interface Router {
  /** Serves an endpoint of the shared table under the name that it has there. */
  on<Shape extends Endpoint>(name: string, endpoint: Shape, description: Description, handler: Handler<Shape>): void;
}

const problem = z
  .object({ type: z.string(), title: z.string(), status: z.int(), code: z.string(), detail: z.string() })
  .loose()
  .describe("What happened, what is safe, what to do. `code` names the problem for programs.");

const refused = { description: "A problem.", content: { "application/problem+json": { schema: problem } } };
const done = z.undefined().describe("Done.");

export function createRouter(app: App, { sessions, publicUrl }: WebDependencies): Router {
  async function whoAsks(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined> {
    const session = await sessions.find(request.headers.cookie);
    if (session?.cookie !== undefined) reply.header("set-cookie", session.cookie);
    return session;
  }

  return {
    on(name, endpoint, { tag, summary, kept, csv }, handler) {
      const visitors = new WeakMap<FastifyRequest, Session>();

      app.route({
        method: endpoint.method,
        url: `${API_ROOT}${endpoint.path}`,
        schema: { ...schemaOf(endpoint, csv !== undefined), operationId: name, tags: [tag], summary },
        // Who asks comes before what is asked: nobody signed out learns what would have been valid.
        async onRequest(request, reply) {
          const session = await whoAsks(request, reply);
          if (session !== undefined) visitors.set(request, session);
          else if (endpoint.open !== true) return sendProblem(reply, { kind: "signed-out" });
          if (endpoint.forAdmins === true && !isAdmin(session)) return sendProblem(reply, { kind: "not-found" });
        },
        // A body comes when its sender likes: whoever took the session of an admin keeps no door open with one.
        async preHandler(request, reply) {
          const isCommand = endpoint.forAdmins === true && endpoint.method !== "GET";
          if (isCommand && (await whoAsks(request, reply)) === undefined)
            return sendProblem(reply, { kind: "signed-out" });
        },
        async handler(request, reply) {
          const result = await handler({
            input: {
              ...(request.params as object),
              ...(request.query as object),
              ...(request.body as object),
            } as InputOf<typeof endpoint>,
            me: visitors.get(request) as Call<typeof endpoint>["me"],
            address: addressKey(request.ip),
            userAgent: request.headers["user-agent"],
            cookies: request.headers.cookie,
            origin: publicUrl ?? `${request.protocol}://${request.host}`,
            setCookie: (cookie) => void reply.header("set-cookie", cookie),
          });
          reply.header("cache-control", kept === true ? "private, no-cache" : "no-store");
          if (!result.ok) return sendProblem(reply, result.problem);
          if (endpoint.file !== undefined) return sendFile(reply, result.value as unknown as FileAnswer);
          if (result.value === undefined) return reply.code(204).send();
          if (csv !== undefined && wantsCsv(request)) return sendCsv(reply, name, csv(result.value));
          if (kept === true && isKnown(request, reply, result.value)) return reply.code(304).send();
          return reply.send(result.value);
        },
      });
    },
  };
}

const isAdmin = (session: Session | undefined): boolean =>
  session !== undefined && can({ ...session.person, inside: false }, "platform.administer", { place: "platform" });

function sendFile(reply: FastifyReply, { type, name, content }: FileAnswer): FastifyReply {
  return reply
    .type(`${type}; charset=utf-8`)
    .header("content-disposition", `attachment; filename="${name}"`)
    .send(content);
}

/** What the address says goes before what the browser says. */
function wantsCsv({ query, headers: { accept = "" } }: FastifyRequest): boolean {
  const { format } = query as { readonly format?: string };
  return format === undefined ? /^text\/csv\b/i.test(accept) : format === "csv";
}

const sendCsv = (reply: FastifyReply, name: string, text: string): FastifyReply =>
  reply.type("text/csv; charset=utf-8").header("content-disposition", `attachment; filename="${name}.csv"`).send(text);

const csvText = { "text/csv": { schema: z.string().describe("The same as a table, for `format=csv`.") } };

function schemaOf({ params, query, body, answer, file, open }: Endpoint, hasCsv: boolean): object {
  const security = open === true ? { security: [] } : {};
  const success = file === undefined ? (answer ?? done) : fileOf(file);
  const answered = hasCsv
    ? { description: "Done.", content: { "application/json": { schema: answer }, ...csvText } }
    : success;
  const response = { [success === done ? 204 : 200]: answered, "4xx": refused };
  return {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...security,
    response,
  };
}

const fileOf = (types: readonly string[]) => ({
  description: "A file.",
  content: Object.fromEntries(types.map((type) => [type, { schema: z.string() }])),
});

function isKnown(request: FastifyRequest, reply: FastifyReply, answer: unknown): boolean {
  const etag = `"${createHash("sha256").update(JSON.stringify(answer)).digest("base64url").slice(0, 27)}"`;
  reply.header("etag", etag);
  return request.headers["if-none-match"] === etag;
}

import type { FastifyReply } from "fastify";

import { problems, type Failure, type FieldProblem, type Problem } from "#shared/protocol/problems.ts";

/** Answers a failure as `application/problem+json`. */
export function sendProblem(reply: FastifyReply, failure: Failure): FastifyReply {
  const { status } = problems[failure.kind];
  if (failure.retryAfter !== undefined) reply.header("retry-after", failure.retryAfter);
  return reply
    .code(status)
    .type("application/problem+json")
    .send(JSON.stringify(problemOf(failure)));
}

function problemOf({ kind, fields, retryAfter, until, because }: Failure): Problem {
  const { status, title, text } = problems[kind];
  return {
    type: `urn:folkmoot:problem:${kind}`,
    title,
    status,
    code: kind,
    detail: text,
    ...(fields === undefined ? {} : { fields }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(until === undefined ? {} : { until }),
    ...(because === undefined ? {} : { because }),
  };
}

/** What an exception on the way to or in a handler means to whoever asked. */
export function failureOf(error: unknown): Failure {
  const { code, statusCode, validation, validationContext } = error as ThrownByFastify;
  if (validation !== undefined)
    return validationContext === "params"
      ? { kind: "not-found" }
      : { kind: "invalid", fields: validation.map(fieldProblem) };
  if (statusCode === 413) return { kind: "too-large" };
  if (statusCode === 415) return { kind: "wrong-type" };
  if (statusCode === 429) return { kind: "rate" };
  if (statusCode === 404) return { kind: "not-found" };
  if (statusCode !== undefined && statusCode < 500) return { kind: "invalid" };
  return { kind: isPassing(code) ? "overload" : "internal" };
}

interface ThrownByFastify {
  readonly code?: unknown;
  readonly statusCode?: number;
  readonly validation?: readonly Issue[];
  readonly validationContext?: string;
}

interface Issue {
  readonly keyword?: string;
  readonly instancePath?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

function fieldProblem({ keyword, instancePath = "", params = {} }: Issue): FieldProblem {
  const field = instancePath.slice(1).split("/")[0] ?? "";
  if (keyword === "too_small") return { field, problem: "too-short" };
  if (keyword === "too_big") return { field, problem: "too-long" };
  return { field, problem: keyword === "invalid_type" && params["input"] === undefined ? "missing" : "invalid" };
}

/** PostgreSQL restarts, is full, or two transactions were in each other's way: trying again helps. */
const PASSING = new Set(["ECONNREFUSED", "ECONNRESET", "40P01", "40001", "55P03", "57P01", "57P03", "53300"]);

const isPassing = (code: unknown): boolean => typeof code === "string" && PASSING.has(code);

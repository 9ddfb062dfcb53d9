import { fail, ok, type Result } from "#shared/result.ts";
import type { AnswerOf, Endpoint, Endpoints, InputOf } from "#shared/protocol/http/endpoint.ts";
import { API_ROOT, endpoints } from "#shared/protocol/http/endpoints.ts";

import { offline, problemOf, unreadable, type ApiProblem } from "./problem.ts";

type Call<Shape extends Endpoint> = (
  ...input: object extends InputOf<Shape>
    ? [input?: InputOf<Shape>, signal?: AbortSignal]
    : [input: InputOf<Shape>, signal?: AbortSignal]
) => Promise<Result<AnswerOf<Shape>, ApiProblem>>;

/** One method per endpoint. Takes path, query and body as one object, and never rejects. */
export type ApiOf<Table extends Endpoints> = { readonly [Name in keyof Table]: Call<Table[Name]> };
export type Api = ApiOf<typeof endpoints>;

export interface ApiOptions {
  /** Empty for the server that this page came from. */
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
}

/** After this the network counts as away. */
const PATIENCE = 20_000;

export const createApi = (options?: ApiOptions): Api => createApiOf(endpoints, options);

/** The same for another table of endpoints. */
export function createApiOf<Table extends Endpoints>(
  table: Table,
  { baseUrl = "", fetch = globalThis.fetch.bind(globalThis) }: ApiOptions = {},
): ApiOf<Table> {
  async function call(shape: Endpoint, input: Input = {}, signal?: AbortSignal): Promise<Result<unknown, ApiProblem>> {
    const { path, body } = requestOf(shape, input);
    const patience = AbortSignal.timeout(PATIENCE);

    try {
      const response = await fetch(`${baseUrl}${API_ROOT}${path}`, {
        method: shape.method,
        credentials: "same-origin",
        signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
        ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
      });
      return await read(shape, response);
    } catch {
      return fail(offline);
    }
  }

  const calls = Object.entries(table).map(([name, shape]) => [
    name,
    (input?: Input, signal?: AbortSignal) => call(shape, input, signal),
  ]);
  return Object.fromEntries(calls) as ApiOf<Table>;
}

type Input = Readonly<Record<string, unknown>>;

/** What the path does not name goes into the query where there is one, else into the body. */
function requestOf(shape: Endpoint, input: Input): { readonly path: string; readonly body: string | undefined } {
  const named = new Set<string>();
  const path = shape.path.replaceAll(/:(\w+)/g, (_, name: string) => {
    named.add(name);
    return encodeURIComponent(String(input[name]));
  });
  const rest = Object.entries(input).filter(([name, value]) => !named.has(name) && value !== undefined);

  if (shape.body !== undefined) return { path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams(rest.map(([name, value]) => [name, String(value)])).toString();
  return { path: query === "" ? path : `${path}?${query}`, body: undefined };
}

async function read({ answer }: Endpoint, response: Response): Promise<Result<unknown, ApiProblem>> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return fail(problemOf(body));
  if (answer === undefined) return ok(undefined);

  const parsed = answer.safeParse(body);
  return parsed.success ? ok(parsed.data) : fail(unreadable);
}

import type { App } from "#server/http/dependencies.ts";

/** An operation of the API's description, as a stranger reads it. */
export interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `{name}` for what the path names. */
  readonly path: string;
  readonly params: readonly string[];
  readonly query: readonly string[];
  /** The schema of what is sent; undefined where nothing is. */
  readonly body: Schema | undefined;
  /** Answers those who are signed out too. */
  readonly open: boolean;
  readonly forAdmins: boolean;
}

export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Written {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: Schema } } };
}

/** Every operation that the server describes. */
export async function described(app: App): Promise<readonly Operation[]> {
  const description = (await app.inject({ url: "/api/openapi.json" })).json<{
    readonly paths: Readonly<Record<string, Readonly<Record<string, Written>>>>;
  }>();
  return Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, written]) => operationOf(path, method, written)),
  );
}

function operationOf(
  path: string,
  method: string,
  { operationId, tags, security, parameters = [], requestBody }: Written,
): Operation {
  const named = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
  return {
    name: operationId,
    method: method.toUpperCase() as Operation["method"],
    path,
    params: named("path"),
    query: named("query"),
    body: requestBody?.content["application/json"].schema,
    open: security?.length === 0,
    forAdmins: tags.includes("Administration"),
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** A request for an operation with this input, wherever each part of it belongs. */
export function requestFor({ method, path, params, query, body }: Operation, input: Readonly<Record<string, unknown>>) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(textOf(input[name]).toWellFormed()),
  );
  const asked = query.filter((name) => input[name] !== undefined).map((name) => [name, textOf(input[name])]);
  const rest = Object.entries(input).filter(([name]) => !params.includes(name) && !query.includes(name));
  return {
    method,
    url: asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked).toString()}`,
    ...(body === undefined ? {} : { payload: Object.fromEntries(rest) }),
  };
}

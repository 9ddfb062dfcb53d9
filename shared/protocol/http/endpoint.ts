import type * as z from "zod/mini";

/** One thing that the HTTP API does: the whole contract between a client and the server. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api/v1`, with `:name` for what `params` names. */
  readonly path: `/${string}`;
  readonly params?: z.ZodMiniType<object>;
  readonly query?: z.ZodMiniType<object>;
  readonly body?: z.ZodMiniType<object>;
  /** Without one the answer is 204. */
  readonly answer?: z.ZodMiniType;
  /** Answers those who are signed out too. */
  readonly open?: true;
  /** For everybody but the platform's administrators there is no such thing. */
  readonly forAdmins?: true;
  /** Answered as a file of one of these types. */
  readonly file?: readonly string[];
}

export const endpoint = <const Shape extends Endpoint>(shape: Shape): Shape => shape;

type InputPart<Shape extends Endpoint, Part extends keyof Endpoint> = Shape extends {
  readonly [Key in Part]: infer Schema extends z.ZodMiniType;
}
  ? z.input<Schema>
  : unknown;

/** All that a caller gives, whether it travels in the path, the query or the body. */
export type InputOf<Shape extends Endpoint> = InputPart<Shape, "params"> &
  InputPart<Shape, "query"> &
  InputPart<Shape, "body">;

export type AnswerOf<Shape extends Endpoint> = Shape extends { readonly answer: infer Schema extends z.ZodMiniType }
  ? z.output<Schema>
  : undefined;

/** A table of what can be asked of the server, by name. */
export type Endpoints = Readonly<Record<string, Endpoint>>;

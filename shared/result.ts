/** Success or an expected failure. A failure is plain data with a `kind`; its text for a person lives in a table elsewhere. */
export type Result<Value, Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

export const fail = <Problem>(problem: Problem): Result<never, Problem> => ({ ok: false, problem });

import { createSignal, type Accessor } from "solid-js";

import type { Result } from "#shared/result.ts";

import type { ApiProblem } from "./problem.ts";
import { sayProblem, type Told } from "./rejection.ts";

export interface Act {
  readonly busy: Accessor<boolean>;
  /** Why the last one had no effect, for a person. */
  readonly problem: Accessor<Told | undefined>;
  /** Does it, and tells whether it was done. */
  readonly run: <Value>(call: () => Promise<Result<Value, ApiProblem>>) => Promise<Result<Value, ApiProblem>>;
}

/** Something one does to the server with a press, and what is said while and after. */
export function createAct(): Act {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<Told>();

  return {
    busy,
    problem,
    async run(call) {
      setBusy(true);
      const answer = await call();
      setBusy(false);
      setProblem(answer.ok ? undefined : sayProblem(answer.problem));
      return answer;
    },
  };
}

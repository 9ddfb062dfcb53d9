import { createSignal, onCleanup, onMount, type Accessor } from "solid-js";

import type { ApiProblem } from "#client/api/problem.ts";
import { sayProblem, type Told } from "#client/api/rejection.ts";
import type { Result } from "#shared/result.ts";

interface Watch<Value> {
  /** As it was told last; it stays while nothing newer can be had. */
  readonly now: Accessor<Value | undefined>;
  readonly problem: Accessor<Told | undefined>;
  readonly ask: () => Promise<void>;
}

/** Asks again every so many ms, while the page is looked at and for as long as the calling owner lives. */
export function createWatch<Value>(ask: () => Promise<Result<Value, ApiProblem>>, every: number): Watch<Value> {
  const [now, setNow] = createSignal<Value>();
  const [problem, setProblem] = createSignal<Told>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  async function round(): Promise<void> {
    clearTimeout(timer);
    if (!document.hidden) {
      const answer = await ask();
      if (answer.ok) setNow(() => answer.value);
      setProblem(answer.ok ? undefined : sayProblem(answer.problem));
    }
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(() => void round(), every);
  }

  onMount(() => void round());
  onCleanup(() => {
    isOver = true;
    clearTimeout(timer);
  });

  return { now, problem, ask: round };
}

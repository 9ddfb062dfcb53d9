import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";

import type { Result } from "#shared/result.ts";

import type { ApiProblem } from "./problem.ts";
import { sayProblem, type Told } from "./rejection.ts";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

type Fetch<Item, Input> = (
  input: Input,
  after: string | undefined,
  signal: AbortSignal,
) => Promise<Result<Page<Item>, ApiProblem>>;

export interface Pages<Item> {
  /** All pages so far; undefined until the first one came. */
  readonly items: Accessor<readonly Item[] | undefined>;
  readonly problem: Accessor<ApiProblem | undefined>;
  /** The same for a person. */
  readonly trouble: Accessor<Told | undefined>;
  readonly busy: Accessor<boolean>;
  readonly hasMore: Accessor<boolean>;
  /** Fetches the next page behind the others. */
  readonly more: () => Promise<void>;
  /** Begins again from the first page; what is shown stays until it comes. */
  readonly reload: () => Promise<void>;
  /** Changes what is shown without asking again, after an act on it succeeded. */
  readonly change: (change: (items: readonly Item[]) => readonly Item[]) => void;
}

/** How long to wait for the next key before the server is asked. */
const PAUSE = 250;

/** A list that the server gives page by page, for an input that may change while it is being fetched. */
export function createPages<Item, Input>(input: Accessor<Input>, fetch: Fetch<Item, Input>): Pages<Item> {
  const [page, setPage] = createSignal<Page<Item>>();
  const [problem, setProblem] = createSignal<ApiProblem>();
  const [busy, setBusy] = createSignal(false);
  let running = new AbortController();

  onCleanup(() => running.abort());

  async function load(after: string | undefined): Promise<void> {
    running.abort();
    const mine = (running = new AbortController());

    setBusy(true);
    const answer = await fetch(input(), after, mine.signal);
    // A later load has taken over: what it brings is newer than this.
    if (mine.signal.aborted) return;
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setPage((was) => (after === undefined ? answer.value : joined(was, answer.value)));
  }

  let first = true;
  createEffect(
    on(input, () => {
      const wait = setTimeout(() => void load(undefined), first ? 0 : PAUSE);
      first = false;
      onCleanup(() => clearTimeout(wait));
    }),
  );

  return {
    items: () => page()?.items,
    problem,
    trouble: () => {
      const now = problem();
      return now && sayProblem(now);
    },
    busy,
    hasMore: () => page()?.next !== undefined,
    more: async () => (page()?.next === undefined ? undefined : await load(page()?.next)),
    reload: () => load(undefined),
    change: (change) => setPage((was) => was && { ...was, items: change(was.items) }),
  };
}

const joined = <Item>(before: Page<Item> | undefined, { items, next }: Page<Item>): Page<Item> => ({
  items: [...(before?.items ?? []), ...items],
  next,
});

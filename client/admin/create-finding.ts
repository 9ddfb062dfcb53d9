import { useSearchParams } from "@solidjs/router";
import { createMemo, createSignal } from "solid-js";

/** What is looked for in a list of the administration, and in which state: the address says both. */
export function createFinding<State extends string>(states: readonly State[]) {
  const [search, setSearch] = useSearchParams<{ q?: string; state?: string }>();
  /** How many there are, of all and in each state, when the server has said so. */
  const [counts, setCounts] = createSignal<Readonly<Record<"all" | State, number>>>();
  const asked = createMemo(() => ({
    q: (search.q ?? "").trim() || undefined,
    state: states.find((known) => known === search.state),
  }));

  return {
    states,
    asked,
    counts,
    setCounts: (known: Readonly<Record<"all" | State, number>>) => void setCounts(() => known),
    words: () => search.q ?? "",
    look: (q: string) => setSearch({ q: q === "" ? null : q }, { replace: true }),
  };
}

export type Finding<State extends string> = ReturnType<typeof createFinding<State>>;

import { createSignal } from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";

import type { Filter, Term } from "./terms.ts";

/** Asking for the value of a filter before it is put on. */
export function createNarrowing(put: (term: Term) => void) {
  const local = useLocal();
  const [filter, setFilter] = createSignal<Filter>();
  const [value, setValue] = createSignal("");

  function begin(next: Filter): void {
    setValue("");
    setFilter((was) => (was === next ? undefined : next));
  }

  return {
    filter,
    value,
    setValue,
    begin,
    stop: () => setFilter(undefined),
    places: () => local.communities().flatMap(({ id }) => local.channelsOf(id).map(({ name }) => name)),
    put(event: SubmitEvent): void {
      event.preventDefault();
      const [chosen, text] = [filter(), value().trim()];
      if (chosen !== undefined && text !== "") put({ filter: chosen, value: text });
      setFilter(undefined);
    },
  };
}

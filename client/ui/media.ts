import { createSignal, onCleanup, type Accessor } from "solid-js";

/** Whether a media query holds, kept current. */
export function createMedia(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  const update = () => setMatches(list.matches);

  list.addEventListener("change", update);
  onCleanup(() => list.removeEventListener("change", update));

  return matches;
}

/** One thing at a time. */
export const PHONE = "(max-width: 40rem)";
/** No room for an aside beside the sheet. */
export const NARROW = "(max-width: 78rem)";

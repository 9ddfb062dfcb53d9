import { createStore } from "solid-js/store";

import { keepAppearance, readAppearance, type Appearance } from "#client/storage/appearance.ts";

/** The appearance of this device as it is chosen now; a choice is shown and kept at once. */
export function createAppearance() {
  const [chosen, setChosen] = createStore(readAppearance());

  function choose(part: Partial<Appearance>): void {
    setChosen(part);
    keepAppearance({ ...chosen });
  }

  return { chosen, choose };
}

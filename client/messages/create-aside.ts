import { createSignal } from "solid-js";

import { createMedia, NARROW } from "#client/ui/media.ts";

/** Wide windows remember whether the aside was open; in narrow ones it lies over the talk and begins closed. */
const [wished, setWished] = createSignal(true);

export function createAside() {
  const floats = createMedia(NARROW);
  const [overTalk, setOverTalk] = createSignal(false);

  return {
    floats,
    isOpen: () => (floats() ? overTalk() : wished()),
    toggle: () => (floats() ? setOverTalk((open) => !open) : setWished((open) => !open)),
  };
}

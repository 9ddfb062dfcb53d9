const shown = Promise.withResolvers<void>();

/** Where nothing tells that it is shown, in ms after the start. */
const PATIENCE = 3_000;
setTimeout(shown.resolve, PATIENCE);

/** Resolves when what one has come for is painted: what else the page brings does not hold that up. */
export const firstShown: Promise<void> = shown.promise;

/** What one has come for stands there, and is painted with the next frame. */
export const isShown = (): void => void requestAnimationFrame(() => setTimeout(shown.resolve));

/** Loads when what one has come for is painted. */
export const afterFirst =
  <Part>(load: () => Promise<Part>): (() => Promise<Part>) =>
  () =>
    firstShown.then(load);

import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";

const [places, setPlaces] = createSignal<readonly Accessor<string>[]>([]);

/** Names the tab after what is open, for as long as the calling owner lives. The innermost one counts. */
export function createTitle(place: Accessor<string>): void {
  setPlaces((all) => [...all, place]);
  onCleanup(() => setPlaces((all) => all.filter((other) => other !== place)));
}

/** Keeps the tab's title: what waits before, then the place, then whose tab it is. Once on the page. */
export function keepTitle(mark: Accessor<string>): void {
  createEffect(() => {
    const place = places().at(-1)?.() ?? "";
    document.title = [mark(), place, place === "" ? "Folkmoot" : "· Folkmoot"].filter(Boolean).join(" ");
  });
}

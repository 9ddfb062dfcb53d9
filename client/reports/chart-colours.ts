import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";

export interface ChartColours {
  readonly bars: string;
  readonly grid: string;
  readonly text: string;
  readonly font: string;
}

/**
 * The colours of the tokens as a canvas understands them, kept current with theme, contrast and hue. `probe` is an
 * element in the chart: a custom property is text until an element has it for its colour.
 */
export function createColours(probe: Accessor<HTMLElement | undefined>): Accessor<ChartColours | undefined> {
  const [colours, setColours] = createSignal<ChartColours>();
  const read = () => {
    const element = probe();
    if (element !== undefined) setColours(coloursAt(element));
  };
  createEffect(read);

  const watch = new MutationObserver(read);
  watch.observe(document.documentElement, { attributes: true });
  onCleanup(() => watch.disconnect());
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    const list = matchMedia(query);
    list.addEventListener("change", read);
    onCleanup(() => list.removeEventListener("change", read));
  }

  return colours;
}

function coloursAt(probe: HTMLElement): ChartColours {
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = { bars: colour("--chart-1"), grid: colour("--chart-grid"), text: colour("--text-muted") };
  return { ...colours, font: `12px ${getComputedStyle(probe).fontFamily}` };
}

import "uplot/dist/uPlot.min.css";
import UPlot, { type AlignedData, type Options } from "uplot";
import { createEffect, createSignal, on, onCleanup, onMount, Show, untrack } from "solid-js";

import { count } from "#client/ui/times.ts";

import { createColours, type ChartColours } from "./chart-colours.ts";

export interface Bars {
  readonly labels: readonly string[];
  /** Null where nothing was counted: no bar, not a bar of nothing. */
  readonly values: readonly (number | null)[];
}

interface Props {
  readonly title: string;
  /** What there is to see, in a sentence. */
  readonly note?: string | undefined;
  readonly bars: Bars;
  /** How a value is written; as a count without it. */
  readonly say?: (value: number) => string;
  /** Between which values lines are drawn; whole numbers without it. */
  readonly ticks?: readonly number[];
  readonly height?: number;
}

const HEIGHT = 200;

/** Bars side by side. Those who cannot see them have the table: the chart says so and nothing more. */
export function Chart(props: Props) {
  const [place, setPlace] = createSignal<HTMLElement>();
  const [probe, setProbe] = createSignal<HTMLElement>();
  const [pointed, setPointed] = createSignal<number>();
  const colours = createColours(probe);
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? "nothing" : (props.say ?? count)(value);
  const told = () => {
    const at = pointed();
    return at === undefined ? props.note : `${props.bars.labels[at]}: ${say(props.bars.values[at])}`;
  };
  const label = () => {
    const { labels } = props.bars;
    return `${props.title}, ${labels[0]} to ${labels.at(-1)}. The table says the same.`;
  };

  let plot: UPlot | undefined;
  onMount(() => {
    const observer = new ResizeObserver(() => resize());
    observer.observe(place() as HTMLElement);
    onCleanup(() => observer.disconnect());
    void document.fonts.ready.then(() => plot?.redraw());
  });
  const width = () => (place() as HTMLElement).clientWidth;
  const resize = () => plot?.setSize({ width: width(), height: props.height ?? HEIGHT });

  createEffect(
    on([() => props.bars, colours], ([bars, now]) => {
      if (now === undefined) return;
      const element = untrack(place) as HTMLElement;
      setPointed(undefined);
      plot = new UPlot(
        optionsOf({
          bars,
          colours: now,
          width: width(),
          height: props.height ?? HEIGHT,
          say,
          ticks: props.ticks ?? WHOLE,
          onPoint: setPointed,
        }),
        [bars.labels.map((_, index) => index), [...bars.values]] as AlignedData,
        element,
      );
      onCleanup(() => plot?.destroy());
    }),
  );

  return (
    <figure class="chart">
      <figcaption>
        <h3 class="title">{props.title}</h3>
        <p class="note muted">
          <Show when={told()} fallback={" "}>
            {told()}
          </Show>
        </p>
      </figcaption>
      <span ref={setProbe} class="note" aria-hidden="true" />
      <div ref={setPlace} role="img" aria-label={label()} style={{ "min-block-size": `${props.height ?? HEIGHT}px` }} />
    </figure>
  );
}

interface Drawing {
  readonly bars: Bars;
  readonly colours: ChartColours;
  readonly width: number;
  readonly height: number;
  readonly say: (value: number) => string;
  readonly ticks: readonly number[];
  readonly onPoint: (index: number | undefined) => void;
}

const LABEL = 64;

function optionsOf({ bars: { labels }, colours, width, height, say, ticks, onPoint }: Drawing): Options {
  const axis = { stroke: colours.text, font: colours.font, ticks: { show: false } };
  const every = Math.max(1, Math.ceil(labels.length / Math.max(1, Math.floor((width - LABEL) / LABEL))));

  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 0, 0, 0],
    cursor: { x: false, y: false, drag: { x: false, y: false, setScale: false }, points: { show: false } },
    scales: {
      x: { time: false, range: [-0.5, labels.length - 0.5] },
      y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.05)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 26,
        gap: 6,
        splits: labels.flatMap((_, index) => (index % every === 0 ? [index] : [])),
        values: (_plot, splits) => splits.map((index) => labels[index] ?? ""),
      },
      {
        ...axis,
        grid: { stroke: colours.grid, width: 1 },
        size: 56,
        gap: 8,
        space: 48,
        incrs: [...ticks],
        values: (_plot, splits) => splits.map(say),
      },
    ],
    series: [
      {},
      {
        fill: colours.bars,
        stroke: colours.bars,
        width: 0,
        paths: UPlot.paths.bars?.({ size: [0.62, 40], radius: 0.12 }) ?? (() => null),
        points: { show: false },
      },
    ],
    hooks: { setCursor: [({ cursor: { idx } }) => onPoint(idx ?? undefined)] },
  };
}

/** Whole numbers only: there is no half message. */
const WHOLE = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

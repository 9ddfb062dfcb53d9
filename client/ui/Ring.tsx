import { For, type JSX } from "solid-js";

const SEATS = 9;
const seats = Array.from({ length: SEATS }, (_, seat) => {
  const angle = Math.PI / 2 + (seat * 2 * Math.PI) / SEATS;
  return { x: 0.5 + 0.385 * Math.cos(angle), y: 0.5 + 0.385 * Math.sin(angle) };
});

/** The moot: people in a ring, one seat always open. The picture of emptiness, and the mark. */
export const Ring = (props: { readonly size?: number; readonly taken?: number }): JSX.Element => (
  <svg class="moot" width={props.size ?? 96} height={props.size ?? 96} viewBox="0 0 1 1" aria-hidden="true">
    <For each={seats}>
      {({ x, y }, seat) => (
        <circle
          cx={x.toFixed(4)}
          cy={y.toFixed(4)}
          {...(seat() > 0 && seat() <= (props.taken ?? 1)
            ? { r: "0.105", fill: "currentColor" }
            : { r: "0.087", class: "open", "stroke-width": ".036" })}
        />
      )}
    </For>
  </svg>
);

import { For } from "solid-js";

interface Ring {
  readonly radius: number;
  readonly seats: number;
  readonly plain: string;
  /** Counted from the foot: where something other than a plain seat stands; `undefined` leaves the place empty. */
  readonly special: ReadonlyMap<number, string | undefined>;
}

const seat = (number: number) => `var(--seat-${number})`;
const taken = "var(--accent-fill)";

const inner: Ring = {
  radius: 44,
  seats: 44,
  plain: "var(--selected)",
  special: new Map([
    [0, undefined],
    [3, seat(4)],
    [5, taken],
    [10, seat(3)],
    [16, taken],
    [17, seat(2)],
    [24, seat(1)],
    [27, taken],
    [31, seat(8)],
    [38, taken],
  ]),
};

const outer: Ring = {
  radius: 50.2,
  seats: 52,
  plain: "var(--hover)",
  special: new Map([
    ...[0, 9, 10, 23, 37, 51].map((at) => [at, undefined] as const),
    [4, seat(5)],
    [17, seat(2)],
    [30, seat(7)],
    [43, seat(4)],
  ]),
};

/** The moot seen from above, around what one came to do: many seats, and the one at the foot is open. */
export function Circle() {
  return (
    <svg class="circle" viewBox="-4 -4 108 108" aria-hidden="true">
      <Seats ring={inner} turn={0} />
      <Seats ring={outer} turn={0.5} />
      <circle cx="50" cy="94" r="1.5" fill="none" stroke="var(--accent)" stroke-width=".5" />
    </svg>
  );
}

function Seats(props: { readonly ring: Ring; readonly turn: number }) {
  const places = () => Array.from({ length: props.ring.seats }, (_, at) => at).filter((at) => !isEmpty(props.ring, at));
  const angle = (at: number) => ((at + props.turn) / props.ring.seats) * 2 * Math.PI;

  return (
    <For each={places()}>
      {(at) => (
        <circle
          cx={50 - props.ring.radius * Math.sin(angle(at))}
          cy={50 + props.ring.radius * Math.cos(angle(at))}
          r="1.75"
          fill={props.ring.special.get(at) ?? props.ring.plain}
        />
      )}
    </For>
  );
}

const isEmpty = (ring: Ring, at: number) => ring.special.has(at) && ring.special.get(at) === undefined;

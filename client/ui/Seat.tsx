import type { JSX } from "solid-js";

import { initials, seatHue } from "./seat.ts";

interface Props {
  readonly id: string;
  readonly name: string;
  /** In rem; the size of a message row where nothing is said. */
  readonly size?: number;
  readonly state?: "here" | "away" | undefined;
}

/** A person: a circle with two letters. Always beside the name, so it is not read aloud. */
export const Seat = (props: Props): JSX.Element => (
  <span
    class={`seat ${props.state ?? ""}`}
    style={{ "--hue": seatHue(props.id), ...(props.size !== undefined && { "--size": `${props.size}rem` }) }}
    data-mark={initials(props.name)}
    aria-hidden="true"
  />
);

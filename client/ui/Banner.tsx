import type { JSX } from "solid-js";

interface Props {
  readonly name: string;
  readonly hue: number;
  /** One is in it now. */
  readonly here?: boolean;
  readonly tall?: boolean;
}

const segmenter = new Intl.Segmenter();
const firstSign = (name: string): string => [...segmenter.segment(name.trim())][0]?.segment.toUpperCase() ?? "?";

/** A community: a notched rectangle in its hue. Always beside or labelled with the name. */
export const Banner = (props: Props): JSX.Element => (
  <span
    class={`banner ${props.here === true ? "here" : ""} ${props.tall === true ? "tall" : ""}`}
    data-community
    style={{ "--community-hue": props.hue }}
    data-mark={firstSign(props.name)}
    aria-hidden="true"
  />
);

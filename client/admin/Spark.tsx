interface Props {
  readonly values: readonly number[];
  /** What a reader who sees no line is told. */
  readonly label: string;
}

const WIDTH = 260;
const HEIGHT = 44;
const FLOOR = 4;

/** A line of figures, small beside their newest. */
export function Spark(props: Props) {
  const most = () => Math.max(1, ...props.values);
  const points = () =>
    props.values
      .map((value, index) => {
        const x = (index * WIDTH) / Math.max(1, props.values.length - 1);
        return `${x.toFixed(1)},${(HEIGHT - FLOOR - (value / most()) * (HEIGHT - 2 * FLOOR)).toFixed(1)}`;
      })
      .join(" ");

  return (
    <svg
      class="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <line x1="0" x2={WIDTH} y1={HEIGHT - FLOOR} y2={HEIGHT - FLOOR} vector-effect="non-scaling-stroke" />
      <polyline points={points()} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

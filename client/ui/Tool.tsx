import type { LucideIcon } from "lucide-solid";
import { splitProps, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Props extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, "title"> {
  /** What it does, for those who do not see the drawing and for those who wonder about it. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly on?: boolean;
  readonly mirrors?: boolean;
  readonly size?: "small" | "big";
}

/** A button that is only a drawing. */
export function Tool(props: Props): JSX.Element {
  const [own, rest] = splitProps(props, ["label", "icon", "on", "class", "mirrors", "size"]);

  return (
    <button
      type="button"
      {...rest}
      class={["tool", own.on === true && "on", own.class].filter(Boolean).join(" ")}
      aria-label={own.label}
      title={own.label}
    >
      <Icon of={own.icon} mirrors={own.mirrors === true} {...(own.size && { size: own.size })} />
    </button>
  );
}

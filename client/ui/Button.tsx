import type { LucideIcon } from "lucide-solid";
import { Show, splitProps, type JSX } from "solid-js";

import { Icon } from "./Icon.tsx";

interface Looks {
  /** `first` is what one came for, once per region; `plain` stands back; `danger` destroys. */
  readonly kind?: "first" | "plain" | "danger" | "danger first" | "danger plain" | undefined;
  readonly icon?: LucideIcon;
  readonly wide?: boolean;
}

type Props = Looks & JSX.ButtonHTMLAttributes<HTMLButtonElement>;
type LinkProps = Looks & JSX.AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string };

const looks = ["kind", "icon", "wide", "children", "class"] as const;
const classOf = (props: Looks & { readonly class?: string | undefined }): string =>
  ["button", props.kind, props.wide === true && "wide", props.class].filter(Boolean).join(" ");

/** A verb. */
export function Button(props: Props): JSX.Element {
  const [own, rest] = splitProps(props, looks);

  return (
    <button type="button" {...rest} class={classOf(own)}>
      <Show when={own.icon}>{(icon) => <Icon of={icon()} />}</Show>
      {own.children}
    </button>
  );
}

/** A way to another place that looks like a verb. */
export function LinkButton(props: LinkProps): JSX.Element {
  const [own, rest] = splitProps(props, looks);

  return (
    <a {...rest} class={classOf(own)}>
      <Show when={own.icon}>{(icon) => <Icon of={icon()} />}</Show>
      {own.children}
    </a>
  );
}

import type { JSX } from "solid-js";

import { Button } from "./Button.tsx";

interface Props {
  readonly busy: boolean;
  readonly wide?: boolean;
  readonly children: JSX.Element;
  /** Said while it is on its way. */
  readonly meanwhile?: string;
}

/** Sends a form. It stays focusable while it is on its way, and a second press does nothing. */
export const SendButton = (props: Props): JSX.Element => (
  <Button type="submit" kind="first" wide={props.wide === true} aria-busy={props.busy}>
    {props.busy ? (props.meanwhile ?? "One moment") : props.children}
  </Button>
);

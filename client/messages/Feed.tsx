import type { JSX } from "solid-js";

import { useTalk } from "./use-talk.ts";

/** What holds the rows: a feed, so that a screen reader walks through articles that know their number. */
export function Feed(props: JSX.HTMLAttributes<HTMLDivElement>): JSX.Element {
  const talk = useTalk();
  return <div {...props} role="feed" aria-label={talk.name()} aria-busy={talk.timeline.state() === "loading"} />;
}

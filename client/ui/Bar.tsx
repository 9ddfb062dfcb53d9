import ChevronLeft from "lucide-solid/icons/chevron-left";
import PanelLeft from "lucide-solid/icons/panel-left";
import { Show, type JSX } from "solid-js";

import { useFrame } from "./frame.ts";
import { Icon } from "./Icon.tsx";
import { Tool } from "./Tool.tsx";

interface Props {
  /** Where a phone goes back to. */
  readonly back: string;
  readonly backLabel: string;
  readonly title: JSX.Element;
  /** Before the title: whose sheet it is. */
  readonly seat?: JSX.Element;
  readonly topic?: JSX.Element;
  /** Tools at the end. */
  readonly children?: JSX.Element;
}

/** The head of a sheet: where one is, and what one can do with all of it. */
export function Bar(props: Props): JSX.Element {
  const frame = useFrame();

  return (
    <header class="bar">
      <a class="tool only-phone" href={props.back} aria-label={props.backLabel}>
        <Icon of={ChevronLeft} size="big" mirrors />
      </a>
      <Tool
        class="only-narrow not-phone"
        label="Channels"
        icon={PanelLeft}
        mirrors
        aria-expanded={frame.listOpen()}
        onClick={() => frame.openList(!frame.listOpen())}
      />
      <div class="grow row-of" style={{ "flex-wrap": "nowrap" }}>
        {props.seat}
        <h1 class="clip" dir="auto">
          {props.title}
        </h1>
        <Show when={props.topic}>
          {(topic) => (
            <span class="topic clip" dir="auto">
              {topic()}
            </span>
          )}
        </Show>
      </div>
      {props.children}
    </header>
  );
}

import type { JSX } from "solid-js";

import { MentionList } from "#client/ui/MentionList.tsx";

import type { createPageMentions } from "./create-page-mentions.ts";

interface Props {
  readonly id: string;
  readonly mentions: ReturnType<typeof createPageMentions>;
}

/** In px. */
const WIDEST = 320;
const EDGE = 16;

/** People whose name fits what is being typed, at the line where it is typed: above it in the lower half of the screen. */
export function PageMentions(props: Props): JSX.Element {
  const spot = () => props.mentions.spot() ?? { left: 0, top: 0, bottom: 0 };
  // As wide as it may become, it stays on the screen.
  const left = () => Math.max(EDGE, Math.min(spot().left, innerWidth - WIDEST - EDGE));
  const isLow = () => spot().bottom > innerHeight / 2;
  return (
    <div
      class="mentions-here"
      classList={{ low: isLow() }}
      style={{ left: `${left()}px`, top: `${isLow() ? spot().top : spot().bottom}px` }}
    >
      <MentionList
        id={props.id}
        people={props.mentions.found()}
        active={props.mentions.active()}
        onChoose={props.mentions.choose}
      />
    </div>
  );
}

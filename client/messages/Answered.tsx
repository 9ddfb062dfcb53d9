import CornerUpLeft from "lucide-solid/icons/corner-up-left";
import { Show, type JSX } from "solid-js";

import { nameOf } from "#client/sync/names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { Ref } from "#shared/entries/kind.ts";
import type { Row } from "#shared/entries/row.ts";

import { quotation } from "./plain.ts";
import { useTalk } from "./use-talk.ts";

/** What a message answers, in one line, and the way there. */
export function Answered(props: { readonly re: Ref; readonly segment: number }): JSX.Element {
  const talk = useTalk();
  const target = () => talk.timeline.find(props.re);

  return (
    <button type="button" class="answered" onClick={() => talk.jumpTo(props.re, props.re.segment ?? props.segment)}>
      <Icon of={CornerUpLeft} size="small" mirrors />
      <span class="hush">In answer to</span>
      <Show when={target()} fallback={<span class="clip">an earlier message</span>}>
        {(row) => (
          <>
            <b>
              <bdi>{nameOf(talk.local, row().author)}</bdi>
            </b>
            <span class="clip" dir="auto">
              {wordsOf(row())}
            </span>
          </>
        )}
      </Show>
    </button>
  );
}

function wordsOf(row: Row): string {
  if (row.kind === "removed") return "Removed by its author";
  if (row.hidden !== undefined) return "Hidden by a moderator";
  return quotation(row.body);
}

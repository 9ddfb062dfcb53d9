import EyeOff from "lucide-solid/icons/eye-off";
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";

import { nameOf } from "#client/sync/names.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { timeOfDay } from "#client/ui/times.ts";
import type { Notice, Row } from "#shared/entries/row.ts";
import type { MemberId } from "#shared/ids.ts";

import { Hearts } from "./Hearts.tsx";
import { Body } from "./Body.tsx";
import { useTalk } from "./use-talk.ts";

/** What a row says: the words, or why there are none. */
export function Words(props: { readonly row: Row }): JSX.Element {
  const talk = useTalk();
  const [uncovered, uncover] = createSignal(false);

  return (
    <div class="words" dir="auto">
      <Switch fallback={<Said row={props.row} />}>
        <Match when={props.row.kind === "removed"}>
          <span class="gone">Removed by its author</span>
        </Match>
        <Match when={props.row.notice}>
          {(notice) => <span class="gone">{noticeText(notice(), (member) => nameOf(talk.local, member))}</span>}
        </Match>
        <Match when={!uncovered() && props.row.hidden}>
          {(hidden) => (
            <>
              <span class="gone">
                <Icon of={EyeOff} size="small" /> Hidden by <bdi>{nameOf(talk.local, hidden().by)}</bdi>
                {hidden().reason === "" ? "." : `: ${hidden().reason.replace(/\.$/, "")}.`}
              </span>{" "}
              <button type="button" class="link note" onClick={() => uncover(true)}>
                Show
              </button>
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}

function Said(props: { readonly row: Row }): JSX.Element {
  const talk = useTalk();

  return (
    <>
      <Body body={props.row.body} mentions={talk.mentioned(props.row)} me={talk.local.me().id} />
      <Show when={props.row.edited}>
        {(edited) => (
          <button
            type="button"
            class="edited"
            aria-label={`Edited at ${timeOfDay(edited())}. Show earlier text`}
            onClick={() => talk.act("history", props.row)}
          >
            edited
          </button>
        )}
      </Show>
      <Show when={props.row.reactions.length > 0}>
        <Hearts row={props.row} />
      </Show>
    </>
  );
}

function noticeText(notice: Notice, name: (member: MemberId) => string): string {
  switch (notice.kind) {
    case "joined":
      return `${name(notice.member)} came in`;
    case "left":
      return `${name(notice.member)} left`;
    case "archived":
      return notice.on
        ? "The channel was archived: it can be read, and takes no new messages"
        : "The channel is open again";
  }
}

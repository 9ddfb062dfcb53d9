import { useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createSignal, Match, on, Show, Switch, type JSX } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import type { TalkPlace } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { afterFirst, isShown } from "#client/ui/first-shown.ts";
import { later } from "#client/ui/later.tsx";
import { say } from "#client/ui/toasts.ts";
import { createTitle } from "#client/ui/title.ts";
import { entryId, memberId } from "#shared/ids.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { Row } from "#shared/entries/row.ts";

import { Composer } from "./Composer.tsx";
import { createPeople } from "./create-people.ts";
import { createAside } from "./create-aside.ts";
import { createTalk, type Asking } from "./create-talk.ts";
import { createUnreadLine } from "./create-unread-line.ts";
import { actOfKey } from "./row-acts.ts";
import { TalkBar } from "./TalkBar.tsx";
import { TimelineView, type TimelineHandle } from "./Timeline.tsx";
import { TalkContext } from "./use-talk.ts";

const About = later(afterFirst(async () => (await import("./About.tsx")).About));
const FirstWords = later(async () => (await import("./FirstWords.tsx")).FirstWords);
const LateBar = later(async () => (await import("./LateBar.tsx")).LateBar);
const SilentNote = later(async () => (await import("./SilentNote.tsx")).SilentNote);
const Announcer = later(afterFirst(async () => (await import("./Announcer.tsx")).Announcer));
const Questions = later(async () => (await import("./Questions.tsx")).Questions);

/** One channel or conversation: its bar, what was said, and where one writes. Made anew for each. */
export function TalkView(props: { readonly place: TalkPlace; readonly top?: JSX.Element }): JSX.Element {
  const local = useLocal();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  // The place is fixed for as long as this view lives: whoever shows another makes another view.
  const { place } = props;
  const timeline = local.openTimeline(() => place.id);
  const [question, ask] = createSignal<{ readonly about: Asking; readonly row: Row }>();
  const unreadLine = createUnreadLine(local, place.id, timeline);
  const aside = createAside();
  let view: TimelineHandle | undefined;
  let area: HTMLTextAreaElement | undefined;

  async function jumpTo(of: Ref, segment: number): Promise<void> {
    if (view?.find(of) === true) return;
    const isThere = await timeline.show({ ...of, segment });
    if (!isThere) return say("That message is not on this device. It can be shown when you are online.");
    // The rows are in the list with the next turn; only then can one of them be brought into view.
    queueMicrotask(() => view?.find(of));
  }

  const talk = createTalk({
    local,
    people: createPeople(local, useApi(), place, timeline),
    place,
    timeline,
    jumpTo: (of, segment) => void jumpTo(of, segment),
    onAnswer: () => area?.focus(),
    ask: (about, row) => ask({ about, row }),
    go: navigate,
  });

  createTitle(talk.name);
  createEffect(() => timeline.state() !== "loading" && isShown());
  createEffect(
    on([() => search["at"], timeline.state], ([at, state]) => {
      const of = state === "ready" && typeof at === "string" ? parseAt(at) : undefined;
      if (of === undefined) return;
      setSearch({ at: undefined }, { replace: true });
      void jumpTo(of, of.segment);
    }),
  );

  function onLetter(event: KeyboardEvent, key: string): void {
    const row = timeline.rows().find((one) => one.key === key);
    if (row === undefined) return;
    if (event.key.toLowerCase() === "n") view?.toFirstNew();
    const act = actOfKey(event.key, talk.actsOn(row));
    if (act === undefined) return;
    event.preventDefault();
    talk.act(act, row);
  }

  function markRead(): void {
    const last = timeline.rows().at(-1);
    if (last !== undefined) local.markRead(place.id, last.position);
    unreadLine.clear();
  }

  function editLast(): void {
    const mine = timeline.rows().findLast((row) => talk.actsOn(row).includes("edit"));
    if (mine === undefined) return;
    view?.find({ author: local.me().id, id: mine.id });
    talk.setEditing(mine.key);
  }

  return (
    <TalkContext.Provider value={talk}>
      <main
        class="sheet"
        classList={{ ends: aside.isOpen() }}
        onKeyDown={(event) => event.key === "Escape" && event.shiftKey && markRead()}
      >
        <TalkBar asideOpen={aside.isOpen()} onAside={aside.toggle} />
        {props.top}
        <Show when={timeline.late().length > 0}>
          <LateBar />
        </Show>
        <Announcer />
        <Switch
          fallback={
            <TimelineView
              unread={unreadLine.unread()}
              ref={(handle) => (view = handle)}
              onLetter={onLetter}
              onEscape={() => area?.focus()}
            />
          }
        >
          <Match when={timeline.rows().length === 0}>
            <FirstWords onWrite={() => area?.focus()} />
          </Match>
        </Switch>
        <Show when={local.may("message.send", place.id)} fallback={<SilentNote />}>
          <Composer ref={(element) => (area = element)} onSent={() => view?.toEnd()} onEditLast={editLast} />
        </Show>
        {/* Keyed: what is asked is answered after the question has been closed. */}
        <Show when={question()} keyed>
          {(asked) => <Questions about={asked.about} row={asked.row} onClose={() => ask(undefined)} />}
        </Show>
      </main>
      <Show when={aside.isOpen()}>
        <About onClose={aside.toggle} floats={aside.floats()} />
      </Show>
    </TalkContext.Provider>
  );
}

/** The message that an address names: author, id and segment. */
function parseAt(at: string): (Ref & { readonly segment: number }) | undefined {
  const [author, id, segment] = at.split(".");
  const [who, which] = [memberId.safeParse(author), entryId.safeParse(id)];
  if (!who.success || !which.success) return undefined;
  return { author: who.data, id: which.data, segment: Math.max(1, Number.parseInt(segment ?? "1", 10) || 1) };
}

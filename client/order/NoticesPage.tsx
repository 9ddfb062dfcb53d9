import Scale from "lucide-solid/icons/scale";
import { createEffect, createSignal, For, Match, Show, Switch, type JSX } from "solid-js";

import { pagePath, SETTINGS } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { TextArea } from "#client/ui/Field.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { createTitle } from "#client/ui/title.ts";
import { say } from "#client/ui/toasts.ts";
import { MAX_NOTE } from "#shared/entries/limits.ts";
import type { EntryOf } from "#shared/entries/kinds.ts";
import { pageOfCase } from "#shared/entries/kinds/report.ts";
import type { Told } from "#shared/entries/told.ts";
import { homeOf } from "#shared/ids.ts";

import { appeal, createTold } from "./create-told.ts";
import { liftedWords, measureWords } from "./words.ts";

/** What those who keep order have told this person: from their own home, so it is there without a network. */
export function NoticesPage(): JSX.Element {
  const local = useLocal();
  const told = createTold(local);

  createTitle(() => "Notices");
  createEffect(() => {
    const newest = told().notices[0];
    if (newest !== undefined) local.markRead(homeOf(local.me().id), newest.at);
  });

  return (
    <main class="sheet">
      <Bar back={SETTINGS} backLabel="Back to you" title="Notices" topic="for you alone" />
      <div class="scroll">
        <div class="column">
          <ul class="ends-line">
            <For
              each={told().notices}
              fallback={
                <EmptyState
                  icon={Scale}
                  title="Nothing to tell you"
                  text="What comes of your reports is told here, and what moderators do about you, with the reason."
                />
              }
            >
              {(notice) => (
                <li class="setting">
                  {notice.kind === "verdict" ? (
                    <VerdictNotice notice={notice} />
                  ) : (
                    <MeasureNotice notice={notice} told={told()} />
                  )}
                </li>
              )}
            </For>
          </ul>
        </div>
      </div>
    </main>
  );
}

const answers = {
  dismissed: ["Your report was looked at", "Nothing needed to be done about it."],
  hidden: ["Your report was looked at", "The message is hidden now."],
  acted: ["Your report was looked at", "Something was done about it."],
} as const;

/** Of a page that was put right, too, a report is dismissed. */
const answersAboutPages = {
  ...answers,
  dismissed: ["Your report was looked at", "Nothing more needs to be done about it."],
  hidden: answers.acted,
} as const;

function VerdictNotice(props: { readonly notice: EntryOf<"verdict"> }): JSX.Element {
  const local = useLocal();
  const isAppeal = () => props.notice.case.startsWith("appeal/");
  const id = () => pageOfCase(props.notice.case);
  const page = () => {
    const known = id();
    return known && local.pages.find(known);
  };
  const words = (): readonly [string, string] => {
    if (id() !== undefined) return answersAboutPages[props.notice.outcome];
    if (!isAppeal()) return answers[props.notice.outcome];
    return props.notice.outcome === "dismissed"
      ? ["Your appeal was looked at", "It stays as it was decided."]
      : ["Your appeal was looked at", "It was decided in your favour."];
  };

  return (
    <Told title={words()[0]} text={words()[1]} at={props.notice.at}>
      <Show when={page()}>
        {(known) => (
          <p class="note">
            <a href={pagePath(known().community, known().id)} dir="auto">
              {known().title}
            </a>
          </p>
        )}
      </Show>
    </Told>
  );
}

function MeasureNotice(props: { readonly notice: EntryOf<"measure">; readonly told: Told }): JSX.Element {
  const local = useLocal();
  const [asking, setAsking] = createSignal(false);
  const [note, setNote] = createSignal("");
  const title = () => {
    const { measure, lifted, where } = props.notice;
    const words = (lifted ? liftedWords : measureWords)[measure];
    return where === "" ? words : `${words} in ${where}`;
  };
  const mine = () => props.told.appeals.get(props.notice.key);
  const canAppeal = () => !props.notice.lifted && mine() === undefined;

  function send(): void {
    setAsking(false);
    appeal(local, props.notice.key, note().trim()).then(
      () => say("Your appeal goes to those who keep order there. You are told what comes of it."),
      () => say("This device could not keep that. Nothing was changed."),
    );
  }

  return (
    <>
      <Told title={title()} text={props.notice.lifted ? "" : props.notice.reason} at={props.notice.at}>
        <Show when={!props.notice.lifted && props.notice.until}>
          {(until) => (
            <p class="note muted">
              Until <time>{sayMoment(until())}</time>; it ends by itself.
            </p>
          )}
        </Show>
        <Show when={mine()}>
          <p class="note muted">You appealed.</p>
        </Show>
      </Told>
      <Show when={canAppeal() && !asking()}>
        <Button onClick={() => setAsking(true)}>Appeal</Button>
      </Show>
      <Show when={asking()}>
        <form
          class="stack col-span-full pt-3"
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <TextArea
            label="Why it should be lifted"
            rows="3"
            maxlength={MAX_NOTE}
            value={note()}
            onInput={setNote}
            hint="Moderators read it, nobody else. It can be written offline."
          />
          <div class="deciding">
            <Button onClick={() => setAsking(false)}>Leave it</Button>
            <Button kind="first" type="submit">
              Appeal
            </Button>
          </div>
        </form>
      </Show>
    </>
  );
}

const Told = (props: {
  readonly title: string;
  readonly text: string;
  readonly at: number;
  readonly children?: JSX.Element;
}): JSX.Element => (
  <div>
    <b dir="auto">{props.title}</b>
    <Switch>
      <Match when={props.text !== ""}>
        <p dir="auto">{props.text}</p>
      </Match>
    </Switch>
    {props.children}
    <p class="mark muted">
      <time>{sayMoment(props.at)}</time>
    </p>
  </div>
);

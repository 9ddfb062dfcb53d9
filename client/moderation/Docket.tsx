import ChevronLeft from "lucide-solid/icons/chevron-left";
import CloudOff from "lucide-solid/icons/cloud-off";
import { createSignal, For, Show, type JSX } from "solid-js";

import { groundWords } from "#client/order/words.ts";
import { nameOf, placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Notice } from "#client/ui/Notice.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { MAX_NOTE } from "#shared/entries/limits.ts";
import type { CommunityId } from "#shared/ids.ts";

import { titleOf } from "./case-words.ts";
import { createLift } from "./create-lift.ts";
import type { Queue } from "./create-queue.ts";
import { Decided } from "./Decided.tsx";
import { Decide } from "./Decide.tsx";
import { Excerpt } from "./Excerpt.tsx";
import { PageExcerpt } from "./PageExcerpt.tsx";
import { Record } from "./Record.tsx";

interface Props {
  readonly queue: Queue;
  readonly community: CommunityId;
}

/** One case: what was said, who reports it, what moderators think, and what can be done. */
export function Docket(props: Props): JSX.Element {
  const local = useLocal();
  const one = () => props.queue.current();
  const details = () => props.queue.details.of(one()?.case ?? "");
  const where = () => {
    const now = one();
    const channel = now && props.queue.placeOf(now);
    const place = channel && local.channel(channel);
    return place === undefined ? "" : `${placeName(local, place)}, `;
  };
  const lifting = createLift(props.community, () => void props.queue.details.reload());
  const isOffline = () => local.connection().state !== "online";

  return (
    <Show when={one()}>
      {(now) => (
        <section class="docket" aria-label="Case">
          <div class="body">
            <div class="stack" style={{ "--gap": "var(--space-5)" }}>
              <div>
                <Button class="to-cases" kind="plain" icon={ChevronLeft} onClick={() => props.queue.open(undefined)}>
                  All cases
                </Button>
                <h2 class="title" dir="auto">
                  {titleOf(now(), nameOf(local, now().about))}
                </h2>
                <p class="note muted">
                  <bdi>{where()}</bdi>last report <time>{sayMoment(now().last)}</time>
                </p>
              </div>
              <Show
                when={details()}
                fallback={
                  <p class="muted">
                    {isOffline()
                      ? "What was written is not on this device. It comes when you are back online."
                      : "The server is asked what was written."}
                  </p>
                }
              >
                {(known) => (
                  <>
                    <Excerpt details={known()} />
                    <Show when={known().page}>
                      {(page) => (
                        <PageExcerpt
                          page={page()}
                          author={nameOf(local, now().about)}
                          isKnown={props.queue.pageOf(now()) !== undefined}
                        />
                      )}
                    </Show>
                    <Show when={known().against}>
                      {(measure) => (
                        <Notice icon={CloudOff} kind="warning" title={`Against: ${measure().kind}`}>
                          <bdi>{measure().reason}</bdi>
                        </Notice>
                      )}
                    </Show>
                    <div>
                      <h3 class="note muted over-list">What they wrote</h3>
                      <ul class="stack" style={{ "--gap": "var(--space-2)" }}>
                        <For each={known().reports}>
                          {(report) => (
                            <li dir="auto">
                              <b>{report.reporter.name}</b>{" "}
                              <Show when={report.ground}>
                                {(ground) => <span class="muted">{groundWords[ground()]} </span>}
                              </Show>
                              {report.note}
                            </li>
                          )}
                        </For>
                      </ul>
                    </div>
                    <Decided settlements={known().settlements} />
                  </>
                )}
              </Show>
              <Show when={now().apart !== true} fallback={<Apart />}>
                <Notes queue={props.queue} />
              </Show>
            </div>
            <aside class="stack" style={{ "--gap": "var(--space-5)" }} aria-label="About the author">
              <Show when={details()?.about}>
                {(record) => <Record of={record()} onLift={isOffline() ? undefined : (id) => void lifting.lift(id)} />}
              </Show>
              <Show when={isOffline()}>
                <Notice icon={CloudOff}>
                  You are offline. What you decide and note is sent later. Warning, muting, taking out and banning need
                  the server.
                </Notice>
              </Show>
            </aside>
          </div>
          <Decide queue={props.queue} community={props.community} />
        </section>
      )}
    </Show>
  );
}

const Apart = (): JSX.Element => (
  <p class="note muted">
    This is about somebody who keeps order here too. Only those who stand above them see it: it is decided online, and
    there are no notes.
  </p>
);

function Notes(props: { readonly queue: Queue }): JSX.Element {
  const local = useLocal();
  const [text, setText] = createSignal("");
  const one = () => props.queue.current();

  function add(): void {
    const now = one();
    const body = text().trim();
    if (now === undefined || body === "") return;
    setText("");
    void props.queue.remark(now, body);
  }

  return (
    <div>
      <h3 class="note muted over-list">Notes among moderators</h3>
      <ul class="stack" style={{ "--gap": "var(--space-2)" }}>
        <For each={one()?.remarks}>
          {(remark) => (
            <li dir="auto">
              <b>{nameOf(local, remark.by)}</b> {remark.body} <time class="mark muted">{sayMoment(remark.at)}</time>
            </li>
          )}
        </For>
      </ul>
      <form
        class="row-of case-note"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <label class="hush" for="case-note">
          Add a note
        </label>
        <input
          id="case-note"
          class="field grow"
          dir="auto"
          maxlength={MAX_NOTE}
          placeholder="Moderators see it, nobody else"
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Add</Button>
      </form>
    </div>
  );
}

import CircleDashed from "lucide-solid/icons/circle-dashed";
import CircleX from "lucide-solid/icons/circle-x";
import Copy from "lucide-solid/icons/copy";
import { createSignal, For, Show, type JSX } from "solid-js";

import type { NotSent } from "#client/sync/local.ts";
import { placeName } from "#client/sync/names.ts";
import { sayTally, totalOf } from "#client/sync/tally.ts";
import { refusedOn } from "#client/sync/not-sent.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Drawer } from "#client/ui/Dialog.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Notice } from "#client/ui/Notice.tsx";
import { copyAndSay } from "#client/ui/copy.ts";
import { sayMoment } from "#client/ui/say-time.ts";
import { briefTime } from "#client/ui/times.ts";

import { cleanBody, lengthOf } from "./body.ts";
import { PageDraftView } from "./PageDraft.tsx";
import { TooLong } from "./TooLong.tsx";

/** The drawer with what was refused: nothing in it is lost until its author discards it. */
export function NotSentDrawer(props: { readonly onClose: () => void }): JSX.Element {
  const local = useLocal();
  const refused = () => refusedOn(local);
  const many = () => totalOf(refused());
  const waiting = () => local.device().waiting;

  return (
    <Drawer title="Not sent" onClose={props.onClose}>
      <Show when={many() > 0} fallback={<p class="muted">Everything you wrote was accepted, or waits to leave.</p>}>
        <p class="muted">
          {sayTally(refused())} {many() === 1 ? "was" : "were"} not accepted. Nothing is lost:{" "}
          {many() === 1 ? "it stays" : "they stay"} on this device until you send or discard{" "}
          {many() === 1 ? "it" : "them"}.
        </p>
      </Show>
      <For each={local.pages.drafts()}>
        {(draft) => (
          <>
            <PageDraftView draft={draft} />
            <hr class="line" />
          </>
        )}
      </For>
      <For each={local.notSent()}>
        {(entry) => (
          <>
            <Entry entry={entry} />
            <hr class="line" />
          </>
        )}
      </For>
      <Show when={waiting() > 0}>
        <Notice
          kind="device"
          icon={CircleDashed}
          title={`${sayTally(local.device().leaving)} ${waiting() === 1 ? "waits" : "wait"} for a network`}
        >
          {waiting() === 1
            ? "It is in its place and leaves by itself."
            : "They are in their places and leave by themselves."}
        </Notice>
      </Show>
    </Drawer>
  );
}

const KINDS: Readonly<Record<NotSent["kind"], string>> = {
  message: "A message",
  edit: "A new wording of a message",
  retract: "Taking a message back",
  reaction: "A reaction",
  hide: "Hiding a message",
  restore: "Showing a hidden message again",
  report: "A report",
  appeal: "An appeal",
  remark: "A note among moderators",
  decision: "A decision about a case",
};

function Entry(props: { readonly entry: NotSent }): JSX.Element {
  const local = useLocal();
  const [editing, setEditing] = createSignal(false);
  const place = () => local.channel(props.entry.channel);
  const where = () => {
    const now = place();
    return now === undefined ? "a place you can no longer see" : placeName(local, now);
  };
  const copy = () => copyAndSay(props.entry.body);

  return (
    <article
      class="stack"
      style={{ "--gap": "var(--space-2)" }}
      aria-label={`${KINDS[props.entry.kind]} for ${where()}`}
    >
      <div class="row-of far" style={{ "flex-wrap": "nowrap" }}>
        <b class="clip">
          <bdi>{where()}</bdi>
        </b>
        <time class="mark muted">{briefTime(props.entry.at, Date.now())}</time>
      </div>
      <Show when={editing()} fallback={<Written entry={props.entry} />}>
        <Rewrite entry={props.entry} onDone={() => setEditing(false)} />
      </Show>
      <p class="says danger" role="note">
        <Icon of={CircleX} size="small" />
        <span>
          {props.entry.reason}
          <Show when={props.entry.until}>
            {(until) => (
              <>
                {" "}
                It ends <time>{sayMoment(until())}</time>.
              </>
            )}
          </Show>
          <Show when={props.entry.because}>
            {(because) => (
              <>
                {" "}
                Reason: <bdi>{because()}</bdi>
              </>
            )}
          </Show>
        </span>
      </p>
      <Show when={!editing()}>
        <div class="row-of">
          <Show when={place() !== undefined}>
            <Button onClick={() => void local.retry(props.entry.id)}>Send again</Button>
          </Show>
          <Show when={place() !== undefined && props.entry.kind === "message"}>
            <Button onClick={() => setEditing(true)}>Edit</Button>
          </Show>
          <Show when={props.entry.body !== ""}>
            <Button icon={Copy} onClick={() => void copy()}>
              Copy
            </Button>
          </Show>
          <Button kind="danger plain" onClick={() => void local.discard(props.entry.id)}>
            Discard
          </Button>
        </div>
      </Show>
    </article>
  );
}

const Written = (props: { readonly entry: NotSent }): JSX.Element => (
  <Show when={props.entry.body !== ""} fallback={<p class="muted">{KINDS[props.entry.kind]}.</p>}>
    <blockquote class="well talk-words" dir="auto">
      {props.entry.body}
    </blockquote>
  </Show>
);

function Rewrite(props: { readonly entry: NotSent; readonly onDone: () => void }): JSX.Element {
  const local = useLocal();
  const [text, setText] = createSignal(props.entry.body);
  const canSend = () => cleanBody(text()) !== "" && lengthOf(text()).kind === "fits";

  return (
    <>
      <label class="hush" for={`again-${props.entry.id}`}>
        Message
      </label>
      <textarea
        id={`again-${props.entry.id}`}
        class="field tall"
        dir="auto"
        rows="4"
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        ref={(element) => queueMicrotask(() => element.focus())}
      />
      <TooLong text={text()} />
      <div class="row-of">
        <Button
          kind="first"
          aria-disabled={canSend() ? undefined : "true"}
          onClick={() => canSend() && void local.retryAs(props.entry.id, cleanBody(text()))}
        >
          Send
        </Button>
        <Button onClick={() => props.onDone()}>Leave as it was</Button>
      </div>
    </>
  );
}

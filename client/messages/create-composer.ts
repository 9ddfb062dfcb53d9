import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";

import type { Draft } from "#client/sync/local.ts";
import { say } from "#client/ui/toasts.ts";

import { cleanBody, lengthOf } from "./body.ts";
import { mentionedIn, type Person } from "#client/ui/mentions.ts";
import type { Talk } from "./use-talk.ts";

/** After this without a key nobody is told any more that one writes. */
const PAUSE = 4_000;

/** A message being written: kept with every key, sent once it is saved on this device. */
export function createComposer(talk: Talk, onSent: () => void) {
  const { local } = talk;
  const channel = talk.place().id;
  const draft = local.draft(channel);
  const [text, setText] = createSignal(draft?.body ?? "");
  const [chosen, setChosen] = createSignal<readonly Person[]>([]);
  const stopTyping = createTyping((on) => local.setTyping(channel, on));

  /** What was kept last, here or on another of one's devices. */
  let kept = text();

  if (draft?.re !== undefined) talk.answer(draft.re);
  createEffect(on(talk.answering, () => keep(text()), { defer: true }));
  createEffect(on(() => local.draft(channel), takeOver, { defer: true }));

  function keep(body: string): void {
    const re = talk.answering();
    kept = body;
    local.saveDraft(channel, { body, ...(re && { re }) });
  }

  /** One goes on here with what one began elsewhere; what was sent from there is no longer to be sent. */
  function takeOver(elsewhere: Draft | undefined): void {
    const body = elsewhere?.body ?? "";
    if (body === kept) return;
    kept = body;
    setText(body);
    talk.answer(elsewhere?.re);
  }

  function write(next: string): void {
    setText(next);
    keep(next);
    stopTyping(next !== "");
  }

  const canSend = () => cleanBody(text()) !== "" && lengthOf(text()).kind === "fits";

  async function send(): Promise<void> {
    if (!canSend()) return;
    const body = cleanBody(text());
    const re = talk.answering();
    const before = { text: text(), chosen: chosen() };

    // Cleared first: the next word may be typed before the device has answered.
    setText("");
    setChosen([]);
    talk.answer(undefined);
    stopTyping(false);
    try {
      await local.send(channel, { body, mentions: mentionedIn(body, before.chosen), ...(re && { re }) });
      keep(text());
      onSent();
    } catch {
      setText((now) => [before.text, now].filter(Boolean).join("\n"));
      setChosen(before.chosen);
      talk.answer(re);
      say("This device could not keep the message. Your text is still here.");
    }
  }

  /** Puts a sign where the caret is, as if it had been typed. */
  function insert(area: HTMLTextAreaElement, sign: string): void {
    area.focus();
    const before = text().slice(0, area.selectionStart);
    const gap = sign === "@" && before !== "" && !/\s$/.test(before) ? " " : "";
    area.setRangeText(gap + sign, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  return {
    text,
    write,
    canSend,
    send,
    insert,
    mention: (person: Person) => setChosen((all) => [...all, person]),
    saved: () => text() !== "" && local.draft(channel)?.body === text(),
  } satisfies { text: Accessor<string> } & Record<string, unknown>;
}

/** Tells that one is writing when one begins, and that one is not when one stops. */
function createTyping(tell: (on: boolean) => void): (writes: boolean) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    if (timer !== undefined) tell(false);
    clearTimeout(timer);
    timer = undefined;
  };
  onCleanup(stop);

  return (writes) => {
    if (!writes) return stop();
    if (timer === undefined) tell(true);
    clearTimeout(timer);
    timer = setTimeout(stop, PAUSE);
  };
}

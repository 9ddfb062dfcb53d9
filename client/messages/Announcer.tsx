import { createEffect, createSignal, on, onCleanup, type JSX } from "solid-js";

import { nameOf, namesOf } from "#client/sync/names.ts";
import { plural } from "#client/ui/times.ts";
import type { Row } from "#shared/entries/row.ts";

import { quotation } from "./plain.ts";
import { useTalk } from "./use-talk.ts";

const BATCH = 5_000;
const SPOKEN = 200;

/** Tells new messages to those who listen: one by itself, several as one sentence, every five seconds at most. */
export function Announcer(): JSX.Element {
  const talk = useTalk();
  const [text, setText] = createSignal("");
  let last = Infinity;
  let waiting: readonly Row[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = () => {
    timer = waiting.length > 0 ? setTimeout(tell, BATCH) : undefined;
    // What was said aloud does not stay: it may be taken back, and here nobody would see that it was not.
    setText(waiting.length > 0 ? sentence(waiting) : "");
    waiting = [];
  };

  function sentence(rows: readonly Row[]): string {
    const [only, ...others] = rows;
    const names = [...new Set(rows.map((row) => nameOf(talk.local, row.author)))];
    if (only !== undefined && others.length === 0) return `${names[0]}: ${quotation(only.body).slice(0, SPOKEN)}`;
    return `${plural(rows.length, "new message")} from ${namesOf(names.slice(0, 3), names.length - 3)}`;
  }

  createEffect(
    on(talk.timeline.rows, (rows) => {
      const fresh = rows.filter(
        (row) => row.position > last && row.kind === "message" && row.author !== talk.local.me().id,
      );
      last = rows.at(-1)?.position ?? (talk.timeline.state() === "ready" ? 0 : Infinity);
      waiting = [...waiting, ...fresh];
      if (timer === undefined) tell();
    }),
  );
  onCleanup(() => clearTimeout(timer));

  return (
    <p class="hush" role="log" aria-live="polite">
      {text()}
    </p>
  );
}

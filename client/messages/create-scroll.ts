import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from "solid-js";
import type { VirtualizerHandle } from "virtua/solid";

import type { LiveLines } from "./create-live-lines.ts";

/** Where a reader is: the first line in view and how far it is scrolled out; or at the newest. */
type Place = { readonly kind: "end" } | { readonly kind: "line"; readonly key: string; readonly above: number };

/** How long rows may take to be measured again. */
const FRAMES = 6;
const AT_END = 2;
const NEAR_END = 32;
const NEAR_EDGE = 800;
const HANDS = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

interface Options {
  /** Under this name the place is found again when one comes back. */
  readonly name: string;
  readonly live: Accessor<LiveLines>;
  readonly scroller: Accessor<HTMLElement | undefined>;
  readonly hasNewest: Accessor<boolean>;
  readonly onNearStart: () => void;
  readonly onNearEnd: () => void;
  /** The reader saw everything up to the line with this number. */
  readonly onSeen: (line: number) => void;
}

const places = new Map<string, Place>();

/** Keeps a reader where they are while lines come and go around them, and brings them where they want to be. */
export function createScroll(options: Options) {
  const [handle, setHandle] = createSignal<VirtualizerHandle>();
  const [place, setPlace] = createSignal<Place>({ kind: "end" });
  const [top, setTop] = createSignal(0);
  const [offset, setOffset] = createSignal(0);
  const [settled, setSettled] = createSignal(false);
  /** What puts the reader back where they were, for as long as it does. */
  let steadying: object | undefined;
  /** Of the box that scrolls, when it was last looked at. */
  let size = "";
  const lines = () => untrack(options.live).lines;
  const indexOf = (key: string) => lines().findIndex((line) => line.key === key);

  function toEnd(): void {
    setPlace({ kind: "end" });
    handle()?.scrollToIndex(lines().length - 1, { align: "end" });
  }

  function toLine(index: number, align: "start" | "center" | "nearest", offset = 0): void {
    const line = lines()[index];
    if (line !== undefined) setPlace({ kind: "line", key: line.key, above: 0 });
    handle()?.scrollToIndex(index, { align, offset });
  }

  /** Looks where the reader is now, and fetches what is near. */
  function look(): void {
    const list = handle();
    if (list === undefined || !settled() || steadying !== undefined) return;
    if (hasNewSize() && place().kind === "end") return steady(toEnd);
    const left = list.scrollSize - list.scrollOffset - list.viewportSize;
    const first = list.findItemIndex(list.scrollOffset);

    // Whoever scrolls up, however little, is no longer at the newest: nothing may pull them back.
    const isAtEnd = left < AT_END || (left < NEAR_END && list.scrollOffset >= offset());
    setTop(first);
    setOffset(list.scrollOffset);
    setPlace(isAtEnd && options.hasNewest() ? { kind: "end" } : placeAt(list, first));
    if (list.scrollOffset < NEAR_EDGE) options.onNearStart();
    if (left < NEAR_EDGE) options.onNearEnd();
    options.onSeen(list.findItemIndex(list.scrollOffset + list.viewportSize - 1));
  }

  /** Whether the window, or what it leaves for the rows, has become another one. */
  function hasNewSize(): boolean {
    const box = options.scroller();
    const before = size;
    size = `${box?.clientWidth} ${box?.clientHeight}`;
    return before !== "" && before !== size;
  }

  /**
   * Until all rows are measured again what one was at moves, and the browser scrolls of itself: frame by frame the reader
   * is put back. What was begun before ends.
   */
  function steady(putBack: () => void): void {
    const own = {};
    let left = FRAMES;
    steadying = own;
    const step = (): void => {
      if (steadying !== own) return;
      putBack();
      left -= 1;
      if (left >= 0) return void requestAnimationFrame(step);
      steadying = undefined;
      look();
    };
    step();
  }

  /** Whoever moves by themselves meanwhile goes where they want to. */
  function watchHands(box: HTMLElement): void {
    const letGo = (): void => void (steadying = undefined);
    HANDS.forEach((event) => box.addEventListener(event, letGo, { passive: true }));
    onCleanup(() => HANDS.forEach((event) => box.removeEventListener(event, letGo)));
  }

  function placeAt(list: VirtualizerHandle, index: number): Place {
    const key = lines()[index]?.key ?? "";
    return { kind: "line", key, above: list.scrollOffset - list.getItemOffset(index) };
  }

  /** Lines changed: what was in view stays where it was. A list that only grew at its start does that by itself. */
  function hold({ shift }: LiveLines): void {
    const now = place();
    if (now.kind === "end") {
      toEnd();
      // Where all fits into the view nothing scrolls, and nothing else would tell that it was seen.
      return void requestAnimationFrame(look);
    }
    const index = indexOf(now.key);
    if (shift || index < 0 || index === top()) return look();
    handle()?.scrollToIndex(index, { align: "start", offset: now.above });
    // Rows that came in between have moved the measures of those behind them to their neighbours.
    steady(() => putBack(now.key, now.above));
  }

  function putBack(key: string, above: number): void {
    const box = options.scroller();
    const line = box?.querySelector(`[data-line="${CSS.escape(key)}"]`);
    if (!box || !line) return;
    const slip = line.getBoundingClientRect().top - box.getBoundingClientRect().top + above;
    if (Math.abs(slip) >= 1) box.scrollTop += slip;
  }

  createEffect(() => {
    const box = options.scroller();
    if (box !== undefined) watchHands(box);
  });
  createEffect(on(options.live, (live) => settled() && hold(live), { defer: true }));
  onCleanup(() => places.set(options.name, place()));

  return {
    setHandle,
    place,
    top,
    settled,
    toEnd,
    toLine,
    look,
    indexOf,
    offsetOf: (index: number) => handle()?.getItemOffset(index) ?? 0,
    offset,
    /** Goes where one should begin: where one left off, else at a given line, else at the newest. */
    begin(at: string | undefined): void {
      const before = places.get(options.name);
      const key = at ?? (before?.kind === "line" ? before.key : undefined);
      const index = key === undefined ? -1 : indexOf(key);
      const above = at === undefined && before?.kind === "line" ? before.above : -BREATH;

      setSettled(true);
      if (index >= 0) toLine(index, "start", above);
      else toEnd();
      requestAnimationFrame(look);
    },
    /** A size changed, of the window or of a row: whoever is at the newest stays there, the others may see more now. */
    resized(): void {
      if (!settled()) return;
      if (place().kind !== "end") requestAnimationFrame(look);
      else if (hasNewSize()) steady(toEnd);
      else toEnd();
    },
  };
}

/** What stays visible above the line that one is brought to: the date, and the end of what is known already. */
const BREATH = 96;

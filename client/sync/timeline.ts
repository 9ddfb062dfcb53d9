import { createFold, type PlacedEntry } from "#shared/entries/fold.ts";
import { keyOfRef, type Ref } from "#shared/entries/kind.ts";
import type { Row } from "#shared/entries/row.ts";
import type { MemberId } from "#shared/ids.ts";
import type { Clock } from "#shared/clock.ts";
import type { MarkerRow, UnsentRow } from "#client/storage/database.ts";

import type { Place } from "./acts.ts";
import { countUnread } from "./count-unread.ts";
import type { Directories } from "./directories.ts";
import { followHead } from "./follow-head.ts";
import { createLateArrivals } from "./late.ts";
import type { Delivery, Unread } from "./local.ts";
import type { Replicas } from "./replicas.ts";
import { createSegmentWindow, type Range } from "./segment-window.ts";
import type { Unsent, UnsentChange } from "./unsent.ts";

/** Everything a timeline shows at one moment. */
export interface TimelineView {
  readonly rows: readonly Row[];
  readonly state: "loading" | "ready" | "missing";
  readonly before: "start" | "more" | "offline";
  readonly after: "end" | "more";
  readonly late: readonly Row[];
  readonly unread: Unread;
}

/** One channel as it is shown: fold(replica ∪ unsent) over the head and the segments around what is looked at. */
export interface TimelineCore {
  readonly view: () => TimelineView;
  readonly delivery: (row: Row) => Delivery;
  readonly loadBefore: () => Promise<void>;
  readonly loadAfter: () => Promise<void>;
  readonly show: (of: Ref & { readonly segment: number }) => Promise<boolean>;
  readonly showNewest: () => Promise<void>;
  readonly dismissLate: () => void;
  readonly find: (of: Ref) => Row | undefined;
  /** Something that is not an entry has changed: what was read, or the connection. */
  readonly refresh: () => void;
  readonly close: () => void;
}

export interface TimelineDependencies {
  readonly me: MemberId;
  readonly unsent: Unsent;
  readonly clock: Clock;
  readonly replicas: Replicas;
  readonly directories: Directories;
  readonly isOnline: () => boolean;
  /** The server may yet be reached: it is not known to be away. */
  readonly isHopeful: () => boolean;
  readonly onConnection: (listener: () => void) => () => void;
  readonly marker: () => MarkerRow | undefined;
  readonly changed: (view: TimelineView) => void;
}

/** Segments held in memory at once, beside the head. */
const MAX_SEGMENTS = 6;

export function createTimeline(place: Place, deps: TimelineDependencies): TimelineCore {
  const { me, unsent, directories, clock } = deps;
  const { channel } = place;
  const openedAt = (segment: number): number => directories.openedAt(channel, segment);
  const fold = createFold(openedAt);
  const late = createLateArrivals(me);
  let view: TimelineView = {
    rows: [],
    state: "loading",
    before: "start",
    after: "end",
    late: [],
    unread: { messages: 0, mentions: 0 },
  };
  let head = 0;
  /** The segment that could not be had, last time it was asked for. */
  let beyondNetwork = 0;
  let isDue = false;
  let isClosed = false;

  /** What is written here comes after everything that is shown. */
  function add(placed: PlacedEntry): void {
    clock.observe(placed.entry.at);
    fold.add(placed);
  }

  const segments = createSegmentWindow({ ...deps, place, fold: { add, remove: fold.remove }, changed });

  function changed(): void {
    if (isDue) return;
    isDue = true;
    // What arrives together is shown together.
    queueMicrotask(update);
  }

  function update(): void {
    isDue = false;
    if (isClosed) return;
    const rows = shown(fold.rows(), view.rows);
    const marker = deps.marker();
    view = {
      rows,
      state: state(),
      before: before(),
      after: segments.range().last < head ? "more" : "end",
      late: late.among(rows, marker),
      unread: countUnread(fold.rows(), me, marker?.read ?? 0),
    };
    deps.changed(view);
  }

  function state(): TimelineView["state"] {
    const current = segments.replica(segments.range().last)?.state();
    if (current === "stored" || current === "synced") return "ready";
    return current === "loading" || deps.isHopeful() ? "loading" : "missing";
  }

  function before(): TimelineView["before"] {
    const { first } = segments.range();
    if (head === 0 || first <= directories.first(channel)) return "start";
    return deps.isOnline() || beyondNetwork !== first - 1 ? "more" : "offline";
  }

  /** Rows of the loaded segments only: what is said about others has no place without them. */
  function shown(rows: readonly Row[], last: readonly Row[]): readonly Row[] {
    const { first, last: end } = segments.range();
    const from = first > directories.first(channel) ? placeOf(rows, openedAt(first)) : 0;
    const to = end < head ? placeOf(rows, openedAt(end + 1)) : rows.length;
    if (from === 0 && to === rows.length) return rows;
    const slice = rows.slice(from, to);
    return slice.length === last.length && slice.every((row, index) => row === last[index]) ? last : slice;
  }

  async function moveTo(range: Range): Promise<boolean> {
    const isHere = await segments.moveTo(range);
    if (!isHere) beyondNetwork = range.first;
    changed();
    return isHere;
  }

  const placed = ({ entry }: UnsentRow) => ({ author: me, segment: head, entry });
  function takeUnsent({ out, into }: UnsentChange): void {
    out.filter((row) => row.channel === channel).forEach((row) => fold.remove(placed(row)));
    into.filter((row) => row.channel === channel).forEach((row) => fold.add(placed(row)));
    changed();
  }

  const stops = [
    unsent.onChange(takeUnsent),
    deps.onConnection(changed),
    followHead(place, deps, ({ ref }) => {
      takeUnsent({ out: unsent.rows(), into: [] });
      head = ref.segment;
      takeUnsent({ out: [], into: unsent.rows() });
      segments.setHead(head);
      void openWhereLeftOff();
    }),
  ];
  if (head === 0) takeUnsent({ out: [], into: unsent.rows() });

  /** What is new may begin in an earlier segment. */
  async function openWhereLeftOff(): Promise<void> {
    const read = deps.marker()?.read;
    const { first } = segments.range();
    const isBehind =
      read !== undefined && first === head && read < openedAt(head) && head - 1 >= directories.first(channel);
    if (isBehind) await moveTo({ first: head - 1, last: head });
  }

  async function show(of: Ref & { readonly segment: number }): Promise<boolean> {
    const key = keyOfRef(of);
    if (view.rows.some((row) => row.key === key)) return true;
    if (directories.first(channel) > of.segment || of.segment > head) await directories.refresh(channel);
    const last = head - of.segment < MAX_SEGMENTS ? head : of.segment + 1;
    if (!(await moveTo({ first: of.segment, last }))) return false;
    update();
    return view.rows.some((row) => row.key === key);
  }

  return {
    view: () => view,
    delivery(row) {
      const own = unsent
        .of(channel)
        .filter(
          ({ id, entry }) => row.author === me && (id === row.id || (entry.kind === "edit" && entry.of.id === row.id)),
        );
      if (own.some(({ id }) => !unsent.isKept(id))) return "keeping";
      return own.some(({ state }) => state !== "committed") ? "device" : "server";
    },
    async loadBefore() {
      const { first, last } = segments.range();
      if (first <= directories.first(channel)) return;
      await moveTo({ first: first - 1, last: Math.min(last, first + MAX_SEGMENTS - 2) });
    },
    async loadAfter() {
      const { first, last } = segments.range();
      if (last < head) await moveTo({ first: Math.max(first, last - MAX_SEGMENTS + 2), last: last + 1 });
    },
    show,
    showNewest: async () => void (await moveTo({ first: head, last: head })),
    dismissLate() {
      late.dismiss();
      changed();
    },
    find(of) {
      const row = fold.row(keyOfRef(of));
      return row?.kind === "unknown" ? undefined : row;
    },
    refresh: changed,
    close() {
      isClosed = true;
      stops.forEach((stop) => stop());
      segments.close();
    },
  };
}

/** The place of the first row that does not stand before a position. */
function placeOf(rows: readonly Row[], position: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as Row).position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

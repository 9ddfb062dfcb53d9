import type { Clock } from "#shared/clock.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { Committed, Refused } from "#shared/protocol/stateless.ts";
import type { UnsentRow } from "#client/storage/database.ts";

import { dependentsOf, fateInDrawer, fateWith, isTakenBack, type Refusal } from "./dependents.ts";
import { afterRefusal, framed, gone, keep, targetOf } from "./fate.ts";
import { createScratch, rowsOfNextFrame, type Scratch } from "./frame.ts";
import type { Unsent } from "./unsent.ts";

/** Brings the unsent rows of one channel into one document, for as long as one connection to it lasts. */
export interface Sender {
  /** Sends what there is to send. Call it whenever that may have changed. */
  pump(): void;
  committed(message: Committed): void;
  refused(message: Refused): void;
  close(): void;
}

export interface SenderDependencies {
  readonly me: MemberId;
  readonly document: string;
  readonly channel: ChannelId;
  readonly unsent: Unsent;
  readonly clock: Pick<Clock, "now" | "offset" | "guess">;
  readonly send: (frame: Uint8Array) => void;
  /** The channel goes on in another segment, of which the server may have said the number. */
  readonly movedTo: (head: number | undefined) => void;
  readonly failed: (problem: unknown) => void;
  readonly setTimer?: (work: () => void, ms: number) => () => void;
}

/** The server answers every frame; where no answer came for so long, the frame or the answer was lost. In ms. */
const PATIENCE = 30_000;
const MAX_BACKOFF = 60_000;

export function createSender(deps: SenderDependencies): Sender {
  const { me, document, channel, unsent, clock, send, setTimer = timeout } = deps;
  /** Answered on this connection; what is still there only waits for its echo. */
  const settled = new Set<EntryId>();
  let scratch: Scratch = createScratch(me);
  let inFlight: readonly EntryId[] | undefined;
  let stopPatience = nothing;
  let stopPause = nothing;
  let pausedUntil = 0;
  /** In slow mode only messages wait. */
  let slowUntil = 0;
  let stopSlow = nothing;
  let refusedLater = 0;
  let isClosed = false;

  /** An entry's time must be right when it is frozen. */
  function pump(): void {
    if (isClosed || inFlight !== undefined || clock.guess() !== undefined || clock.now() < pausedUntil) return;
    const rows = rowsOfNextFrame(unsent.of(channel).filter(maySendNow));
    if (rows.length > 0) void sendFrame(rows.map(({ id }) => id)).catch(holdBack);
  }

  const maySendNow = ({ id, entry }: UnsentRow): boolean =>
    !settled.has(id) && (entry.kind !== "message" || clock.now() >= slowUntil);

  function slowDown(ms: number): void {
    stopSlow();
    slowUntil = clock.now() + ms;
    stopSlow = setTimer(pump, ms);
  }

  /** What this device cannot keep, it does not send. */
  function holdBack(problem: unknown): void {
    deps.failed(problem);
    inFlight = undefined;
    pause(MAX_BACKOFF);
  }

  /** On the disk first: a row that may have been sent is never rewritten, even if this page is gone in a moment. */
  async function sendFrame(ids: readonly EntryId[]): Promise<void> {
    inFlight = ids;
    const paper = scratch;
    const rows: UnsentRow[] = [];
    await unsent.decide(ids, (row) => {
      const fate = fateInDrawer(row, unsent.refused());
      if (fate.kind !== "keep") return fate;
      const next = framed(row, { document, client: paper.client, clock: paper.clock() + rows.length }, clock);
      rows.push(next);
      return keep(next);
    });

    // The disk knows better than this tab, which would ask for the same rows for ever.
    if (rows.length < ids.length) await unsent.reload(ids);
    if (isClosed || paper !== scratch) return;
    if (rows.length === 0) return goOn();
    inFlight = rows.map(({ id }) => id);
    stopPatience = setTimer(startOver, PATIENCE);
    send(paper.write(rows.map(({ entry }) => entry)));
  }

  function goOn(): void {
    stopPatience();
    inFlight = undefined;
    pump();
  }

  /** With a new clientID, under which nothing is missing. */
  function startOver(): void {
    scratch = createScratch(me);
    goOn();
  }

  function pause(ms: number): void {
    stopPause();
    pausedUntil = clock.now() + ms;
    stopPause = setTimer(() => {
      pausedUntil = 0;
      pump();
    }, ms);
  }

  const isAnswer = (ids: readonly EntryId[]): boolean => inFlight?.some((id) => ids.includes(id)) === true;

  async function settleCommitted(ids: readonly EntryId[]): Promise<void> {
    ids.forEach((id) => settled.add(id));
    refusedLater = 0;
    await unsent.decide(ids, (row) => keep({ ...row, state: "committed" }));
    if (isAnswer(ids)) goOn();
  }

  async function settleRefused(refusal: Refused, ids: readonly EntryId[]): Promise<void> {
    const refused = new Map<EntryId, Refusal>();
    await unsent.decide(ids, (row) => {
      const left = without(row, scratch.client);
      const fate = afterRefusal(left, refusal, ids.length);
      if (fate.kind !== "refused") return fate;
      refused.set(row.id, { ...fate, mayArrive: left.sent.length > 0 });
      return isTakenBack(unsent.rows(), row.id) ? gone : fate;
    });
    await letDependentsShare(refused);
    if (isClosed) return;
    if (refusal.code === "slow-mode") slowDown(refusal.retryAfter ?? 0);
    else if (refusal.class === "later") pause(waitBefore(refusal));
    if (refusal.code === "segment-closed") deps.movedTo(refusal.head);
    startOver();
  }

  async function letDependentsShare(refused: ReadonlyMap<EntryId, Refusal>): Promise<void> {
    const dependents = dependentsOf(unsent.rows(), refused);
    if (dependents.length > 0)
      await unsent.decide(
        dependents.map(({ id }) => id),
        (row) => fateWith(row, refused.get(targetOf(row.entry)?.id as EntryId) as Refusal),
      );
  }

  function waitBefore({ retryAfter = 0 }: Refused): number {
    refusedLater += 1;
    return Math.max(retryAfter, Math.min(MAX_BACKOFF, 500 * 2 ** refusedLater));
  }

  return {
    pump,
    committed({ entries }) {
      const ids = entries.filter(({ author }) => author === me).map(({ id }) => id);
      void settleCommitted(ids).catch(holdBack);
    },
    refused(refusal) {
      // Without names it can only be about the one frame on its way; a step 2 is nobody's entry.
      const isOurs =
        refusal.entries.length === 0 ? refusal.step2 !== true : isAnswer(refusal.entries.map(({ id }) => id));
      if (inFlight !== undefined && isOurs) void settleRefused(refusal, inFlight).catch(holdBack);
    },
    close() {
      isClosed = true;
      stopPatience();
      stopPause();
      stopSlow();
    },
  };
}

/** What was refused stands nowhere. */
const without = (row: UnsentRow, client: number): UnsentRow => ({
  ...row,
  sent: row.sent.filter((at) => at.client !== client),
});

const nothing = (): void => undefined;

function timeout(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

import { applyUpdate, Doc, encodeStateAsUpdate } from "yjs";

import type { PageId } from "#shared/ids.ts";
import { readBody, type PageBody } from "#shared/pages/body.ts";
import { differenceOf } from "#shared/pages/difference.ts";
import { toMarkdown } from "#shared/pages/markdown.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { Refused } from "#shared/protocol/stateless.ts";
import { refusals, type RefusalCode } from "#shared/protocol/refusals.ts";
import type { PageDraftRow, PageEditRow } from "#client/storage/database.ts";

import { holds, wordsIn } from "./holds.ts";
import { nextFrame, ROOM, smaller } from "./next-frame.ts";
import type { PageEdits } from "./page-edits.ts";

/** Brings what was edited on one page to the server, for as long as one connection to it lasts. */
export interface PageSender {
  pump(): void;
  committed(): void;
  refused(message: Refused): void;
  close(): void;
}

export interface PageSenderDependencies {
  readonly page: PageId;
  readonly replica: () => Doc;
  readonly edits: PageEdits;
  readonly titleOf: () => string;
  readonly send: (frame: Uint8Array) => void;
  readonly failed: (problem: unknown) => void;
}

/** Typing is sent a few times a second, not by the letter, in ms. */
const PAUSE = 250;
/** The server answers every frame; where no answer came for so long, the frame or the answer was lost. In ms. */
const PATIENCE = 15_000;
const MAX_BACKOFF = 60_000;
/** How often the server may want it again before it is told as not sent. */
const MAX_ATTEMPTS = 3;
export function createPageSender(deps: PageSenderDependencies): PageSender {
  const { page, replica, edits, send, failed } = deps;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let isInFlight = false;
  let attempts = 0;
  let refusedLater = 0;
  let isClosed = false;
  let room = ROOM;

  function pump(wait = PAUSE): void {
    if (!isClosed && !isInFlight && edits.of(page).length > 0) timer ??= setTimeout(sendNow, wait);
  }

  function sendNow(): void {
    timer = undefined;
    const frame =
      isClosed || isInFlight
        ? undefined
        : nextFrame(
            edits.of(page).map(({ update }) => update),
            replica(),
            room,
          );
    if (frame === undefined) return settle();
    isInFlight = true;
    patience = setTimeout(lookAgain, PATIENCE);
    send(frame);
  }

  function settle(): void {
    void edits.settle(page, (update) => holds(replica(), update)).catch(failed);
  }

  function landed(): void {
    clearTimeout(patience);
    isInFlight = false;
    settle();
    pump();
  }

  /** The server passes over what misses something, and asks for it; what this device has lost it can never have. */
  function lookAgain(): void {
    if (isClosed || isWhole(composed(replica(), edits.of(page)))) return landed();
    void giveUp("missing-dependency", reasonOf("missing-dependency")).catch(failed);
  }

  function again(ms: number): void {
    clearTimeout(patience);
    isInFlight = false;
    pump(ms);
  }

  /** What was written goes to the drawer, and the page back to what the server says. */
  async function giveUp(code: RefusalCode, reason: string): Promise<void> {
    clearTimeout(patience);
    isInFlight = false;
    await shelvePage(edits, page, replica(), { title: deps.titleOf(), code, reason });
  }

  const watched = replica();
  watched.on("update", settle);
  settle();

  return {
    pump: () => pump(),
    committed() {
      [attempts, refusedLater] = [0, 0];
      if (isInFlight) landed();
    },
    refused({ step2, class: kind, code, retryAfter = 0, ...term }) {
      if (!isInFlight || step2 === true) return;
      refusedLater += kind === "later" ? 1 : 0;
      attempts += kind === "again" ? 1 : 0;
      if (kind === "later") return again(Math.max(retryAfter, Math.min(MAX_BACKOFF, 500 * 2 ** refusedLater)));
      if (kind === "again" && attempts < MAX_ATTEMPTS) return again(PAUSE);
      const less = code === "too-large" ? smaller(room) : undefined;
      room = less ?? ROOM;
      if (less !== undefined) return again(PAUSE);
      void giveUp(code, `${reasonOf(code)}${termOf(term)}`).catch(failed);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(patience);
      watched.off("update", settle);
    },
  };
}

/** In the words of pages: those of the table speak of channels. */
const reasons: Partial<Record<RefusalCode, string>> = {
  forbidden: "You may no longer edit this page. Nobody saw what you wrote.",
  "not-a-member": "This page is no longer there for you. Nobody saw what you wrote.",
  muted: "You could only read here when this arrived. Nobody saw what you wrote.",
  archived: "This page was archived before your changes arrived. Nobody saw them.",
  "too-large": "The page is full, or this was too much at once. Nobody saw what you wrote.",
  "missing-dependency": "What this was written into is no longer there. Nobody saw it.",
  invalid: "The server does not understand this change. Nobody saw it.",
};

/** Why a moderator has forbidden it, and until when. */
const termOf = ({ because, until }: { readonly because?: string | undefined; readonly until?: number | undefined }) =>
  `${because === undefined ? "" : ` Reason: ${because}`}${until === undefined ? "" : ` It ends ${new Date(until).toLocaleString()}.`}`;

export const reasonOf = (code: RefusalCode): string => reasons[code] ?? refusals[code].text;

/** Keeps what somebody wrote, in words that can be copied: what is new in it, and the page as it would have been. */
export async function shelvePage(
  edits: PageEdits,
  page: PageId,
  replica: Doc,
  about: Pick<PageDraftRow, "title" | "code" | "reason">,
): Promise<void> {
  if (edits.of(page).length > 0)
    await edits.shelve(page, (rows) => ({ ...about, ...draftOf(replica, rows, about.code) }));
}

/** Of a page that they may no longer read only what they wrote themselves. */
function draftOf(replica: Doc, rows: readonly PageEditRow[], code: RefusalCode) {
  const own = wordsIn(rows.map(({ update }) => update));
  if (code === "not-a-member") return { written: own, own, whole: "", at: Date.now() };
  const doc = composed(replica, rows);
  const [before, after] = [replica, doc].map((one) => readBody(one.getXmlFragment(PAGE_ROOT))) as [PageBody, PageBody];
  const written = newIn(differenceOf(before, after));
  return {
    // What it lies in is not here any more: its words are, without their places.
    written: isWhole(doc) && written !== "" ? written : own,
    own,
    whole: toMarkdown(after),
    at: Date.now(),
  };
}

/** What is on screen. */
function composed(replica: Doc, rows: readonly PageEditRow[]): Doc {
  const doc = new Doc();
  applyUpdate(doc, encodeStateAsUpdate(replica));
  rows.forEach(({ update }) => applyUpdate(doc, update));
  return doc;
}

/** Nothing in it waits for something that is not here. */
const isWhole = (doc: Doc): boolean => doc.store.pendingStructs === null;

const newIn = (changes: ReturnType<typeof differenceOf>): string =>
  changes
    .flatMap((change) => {
      if (change.kind === "new") return [change.text];
      if (change.kind !== "changed") return [];
      return [change.words.flatMap(({ kind, text }) => (kind === "gone" ? [] : [text])).join("")];
    })
    .join("\n\n");

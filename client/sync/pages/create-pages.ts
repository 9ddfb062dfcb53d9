import { createSignal } from "solid-js";

import { pageDocument } from "#shared/documents/names.ts";
import type { PageId } from "#shared/ids.ts";
import type { Carets, ServerMessage } from "#shared/protocol/stateless.ts";
import type { LocalDatabase } from "#client/storage/database.ts";

import type { Line } from "../line.ts";
import type { OpenPage } from "../local.ts";
import type { Replica } from "../replica.ts";
import type { Opened, Replicas } from "../replicas.ts";
import { openPageDocument } from "./page-document.ts";
import { openPageEdits, type PageEdits } from "./page-edits.ts";
import { createPageSender, reasonOf, shelvePage, type PageSender } from "./page-sender.ts";

/** All that this tab has to do with pages, once it has. */
export interface Pages {
  readonly edits: PageEdits;
  readonly open: (page: PageId) => OpenPage;
  /** Somebody else is at a page, or no longer. */
  readonly told: (carets: Carets) => void;
  /** The page is no longer there for this person. */
  readonly forget: (page: PageId) => Promise<void>;
  /** In the tab that owns the socket: */
  readonly synced: (replica: Replica, page: PageId, line: Line) => void;
  readonly heard: (page: PageId, message: ServerMessage) => void;
  readonly lost: (page: PageId) => void;
  /** Keeps pages on the socket from which something has to leave. */
  readonly own: () => () => void;
}

export interface PagesDependencies {
  readonly db: LocalDatabase;
  readonly replicas: Replicas;
  readonly say: (document: string, caret: Parameters<OpenPage["sayCaret"]>[0]) => void;
  readonly titleOf: (page: PageId) => string;
  readonly failed: (problem: unknown) => void;
}

export async function createPages({ db, replicas, say, titleOf, failed }: PagesDependencies): Promise<Pages> {
  const edits = await openPageEdits(db, failed);
  const senders = new Map<PageId, PageSender>();
  const carets = new Map<PageId, Carets["carets"]>();
  const caretListeners = new Set<(page: PageId) => void>();

  function tellCarets(page: PageId, next: Carets["carets"]): void {
    carets.set(page, next);
    caretListeners.forEach((listener) => listener(page));
  }

  function open(page: PageId): OpenPage {
    const opened = replicas.open(pageDocument(page));
    const document = openPageDocument(page, opened.replica, edits);
    const [doc, setDoc] = createSignal(document.doc());
    const [state, setState] = createSignal(opened.replica.state());
    const [waiting, setWaiting] = createSignal(waitingOn(page));
    const [others, setOthers] = createSignal(carets.get(page) ?? []);
    const onCaret = (changed: PageId): void => void (changed === page && setOthers(() => carets.get(page) ?? []));
    caretListeners.add(onCaret);
    const stops = [
      document.onExchange(() => setDoc(() => document.doc())),
      opened.replica.onChange(() => setState(opened.replica.state())),
      edits.onChange(() => setWaiting(waitingOn(page))),
      () => caretListeners.delete(onCaret),
    ];

    return {
      doc,
      state,
      waiting,
      carets: others,
      sayCaret: (caret) => say(pageDocument(page), caret),
      close() {
        stops.forEach((stop) => stop());
        document.close();
        opened.close();
      },
    };
  }

  function waitingOn(page: PageId): ReturnType<OpenPage["waiting"]> {
    if (edits.of(page).length === 0) return "nothing";
    return edits.isKept(page) ? "kept" : "keeping";
  }

  function own(): () => void {
    const held = new Map<PageId, Opened>();
    function hold(): void {
      const pages = new Set(edits.pages());
      for (const [page, { close }] of held) {
        if (pages.has(page)) continue;
        held.delete(page);
        close();
      }
      pages.forEach((page) => held.has(page) || held.set(page, replicas.open(pageDocument(page))));
      senders.forEach((sender) => sender.pump());
    }
    const stop = edits.onChange(hold);
    hold();
    return () => {
      stop();
      senders.forEach((sender) => sender.close());
      senders.clear();
      held.forEach(({ close }) => close());
    };
  }

  return {
    edits,
    open,
    told: ({ document, carets: next }) => tellCarets(document.slice("page:".length) as PageId, next),
    own,
    async forget(page) {
      const { replica, close } = replicas.open(pageDocument(page));
      const about = { title: titleOf(page), code: "not-a-member", reason: reasonOf("not-a-member") } as const;
      await shelvePage(edits, page, replica.doc(), about);
      await edits.strip(page);
      close();
    },
    synced(replica, page, line) {
      senders.get(page)?.close();
      const sender = createPageSender({
        page,
        edits,
        failed,
        replica: replica.doc,
        titleOf: () => titleOf(page),
        send: line.send,
      });
      senders.set(page, sender);
      sender.pump();
    },
    heard(page, message) {
      if (message.type === "committed") senders.get(page)?.committed();
      if (message.type === "refused") senders.get(page)?.refused(message);
    },
    lost(page) {
      senders.get(page)?.close();
      senders.delete(page);
      tellCarets(page, []);
    },
  };
}
